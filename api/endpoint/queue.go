package endpoint

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"jiebang/models"
)

// Queue calls by the clock what takes one thing after the other from a queue, in several hands
// at once, until it says that nothing is left: one slow thing does not hold up the rest. begin,
// if any, is called once before; it says whether there is any use in going on. A hand that
// panics is one that failed.
func Queue(d *Doors, every time.Duration, name string, hands int, begin func(*models.Tx) (bool, error), next func(context.Context, *models.Store) (bool, error)) {
	d.Clocks = append(d.Clocks, Clock{Action: models.Action(name), Every: every, Run: func(ctx context.Context) error {
		var on bool
		err := d.Store.Write(ctx, models.System, func(tx *models.Tx) (err error) {
			on, err = begin(tx)
			return err
		})
		if err != nil || !on {
			return err
		}
		failed := make([]error, hands)
		var all sync.WaitGroup
		for i := range hands {
			all.Go(func() {
				defer func() {
					if r := recover(); r != nil {
						failed[i] = fmt.Errorf("%s: panic: %v", name, r)
					}
				}()
				for more := true; more && ctx.Err() == nil && failed[i] == nil; {
					more, failed[i] = next(ctx, d.Store)
				}
			})
		}
		all.Wait()
		return errors.Join(failed...)
	}})
}
