package endpoint

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

// EveryOne calls a use case by the clock for each thing that is due, in a unit of work of its
// own: one that fails holds up none of the others. A problem is no failure: somebody was
// quicker, or the thing is due no longer.
func EveryOne[ID ~string](d *Doors, every time.Duration, action models.Action, due func(*models.Tx) ([]ID, error), fn func(*models.Tx, ID) error) {
	d.Clocks = append(d.Clocks, Clock{Action: action, Every: every, Run: func(ctx context.Context) error {
		var ids []ID
		err := d.Store.Read(ctx, models.System, func(tx *models.Tx) (err error) {
			ids, err = due(tx)
			return err
		})
		if err != nil {
			return err
		}
		var failed []error
		for _, id := range ids {
			err := d.Store.Write(ctx, models.System, func(tx *models.Tx) error { return fn(tx, id) })
			if err != nil && problem.As(err) == nil {
				failed = append(failed, fmt.Errorf("%s %s: %w", action, id, err))
			}
		}
		return errors.Join(failed...)
	}})
}
