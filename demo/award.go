package demo

import "jiebang/models"

func (s *stage) score(id models.ChallengeID, l life) error { return nil }
