package assign

import "context"

func (m *model) lift(ctx context.Context, o Options, s *tree) (Plan, error) { return m.plan(s), nil }
