package demo

import (
	"fmt"
	"slices"
	"strings"

	"jiebang/api/assignments"
	"jiebang/api/bids"
	"jiebang/api/challenges"
	"jiebang/models"
)

// decide plays a challenge from its first bid to where it stands now.
func (s *stage) decide(d Challenge, id models.ChallengeID, l life) error {
	have := 0
	for _, team := range s.candidates(d) {
		if have == l.bidders {
			break
		}
		s.at(l.deadline-4, 9+have)
		_, err := s.bid(d, id, team, "submitted")
		if barred(err) {
			continue
		}
		if err != nil {
			return fmt.Errorf("bid of %s: %w", team, err)
		}
		have++
	}
	if have < l.bidders {
		return fmt.Errorf("only %d of %d teams could bid", have, l.bidders)
	}
	s.at(l.deadline, 17)
	if err := s.as("officer", func(tx *models.Tx) error {
		_, err := challenges.Close(tx, &challenges.CloseInput{ID: id})
		return err
	}); err != nil || l.state == models.ChallengeClosed {
		return err
	}
	var opened []models.Bid
	s.at(l.deadline, 18)
	if err := s.as("officer", func(tx *models.Tx) error {
		_, err := bids.Open(tx, &bids.BidChallengeInput{ID: id})
		return err
	}); err != nil || l.state == models.ChallengeNoBid {
		return err
	}
	if err := s.write(models.System, func(tx *models.Tx) (err error) {
		opened, err = tx.OpenedBids(id)
		return err
	}); err != nil || l.state == models.ChallengeEvaluating && l.stop == "" {
		return err
	}
	s.at(l.deadline+2, 10)
	for n, b := range opened {
		reject := l.state != models.ChallengeFailed && len(opened) > 3 && n == len(opened)-1
		if err := s.check(b.ID, reject); err != nil {
			return err
		}
	}
	s.at(l.deadline+3, 10)
	if err := s.as("officer", func(tx *models.Tx) error {
		_, err := assignments.Draw(tx, &assignments.DrawInput{ID: id})
		return err
	}); err != nil {
		return fmt.Errorf("draw: %w", err)
	}
	if err := s.as("officer", func(tx *models.Tx) error {
		_, err := assignments.Run(tx, &assignments.RunInput{ID: id})
		return err
	}); err != nil || l.stop == "invited" {
		return err
	}
	return s.judge(id, l)
}

// check decides the formal check of a bid.
func (s *stage) check(b models.BidID, reject bool) error {
	return s.as("officer", func(tx *models.Tx) error {
		sheet, err := bids.Show(tx, &bids.BidInput{ID: b})
		if err != nil {
			return err
		}
		in := &bids.BidCheckInput{ID: b}
		for n, i := range sheet.Check.Items {
			i.OK, i.Note = true, ""
			if reject && n == len(sheet.Check.Items)-1 {
				i.OK, i.Note = false, "缺少单位盖章页(演示)"
			}
			in.Body.Items = append(in.Body.Items, i)
		}
		_, err = bids.Check(tx, in)
		return err
	})
}

// loginOf finds the account of an expert.
func (s *stage) loginOf(e models.ExpertID) string {
	for code, id := range s.experts {
		if id == e {
			return strings.ToLower(code)
		}
	}
	return ""
}

// standing lists the assignments of a challenge that still wait for somebody, in a fixed order.
func (s *stage) standing(id models.ChallengeID, state string) (list []models.Assignment, err error) {
	err = s.write(models.System, func(tx *models.Tx) error {
		all, err := tx.AssignmentsOf(id)
		list = slices.DeleteFunc(all, func(a models.Assignment) bool { return a.State != state })
		return err
	})
	return list, err
}

// judge lets the experts declare, one of them step aside, and all of them score.
func (s *stage) judge(id models.ChallengeID, l life) error {
	s.at(l.deadline+4, 9)
	invited, err := s.standing(id, models.AssignmentInvited)
	if err != nil {
		return err
	}
	recused := false
	for len(invited) > 0 {
		for n, a := range invited {
			login := s.loginOf(a.Expert)
			if !recused && n == 1 {
				recused = true
				in := &assignments.RecuseInput{ID: a.ID}
				in.Body.Reason = "与申报团队成员曾为同一课题组同事(演示)"
				if err := s.as(login, func(tx *models.Tx) error { _, err := assignments.Recuse(tx, in); return err }); err != nil {
					return err
				}
				continue
			}
			in := &assignments.AcceptInput{ID: a.ID, Body: assignments.AssignmentDeclaration{NoConflict: true, Confidential: true}}
			if err := s.as(login, func(tx *models.Tx) error { _, err := assignments.Accept(tx, in); return err }); err != nil {
				return err
			}
		}
		if invited, err = s.standing(id, models.AssignmentInvited); err != nil { // the reserve who took the place
			return err
		}
	}
	return s.score(id, l)
}
