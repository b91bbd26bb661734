package models

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"
)

// Event is one line of the trail and of the outbox at once: written in the transaction of
// the action it tells of, so that one exists exactly when the other does.
type Event struct {
	Seq       int64                `gorm:"column:seq;primaryKey;autoIncrement"` // order; never shown
	ID        EventID              `gorm:"column:id"`
	At        time.Time            `gorm:"column:at"`
	Actor     UserID               `gorm:"column:actor"`
	ActedAs   string               `gorm:"column:acted_as"`
	Action    Action               `gorm:"column:action"`
	Kind      Kind                 `gorm:"column:kind"`
	Thing     string               `gorm:"column:thing"`
	Challenge ChallengeID          `gorm:"column:challenge"` // "" where it concerns none
	Before    string               `gorm:"column:before_state"`
	After     string               `gorm:"column:after_state"`
	Reason    string               `gorm:"column:reason"`
	Data      JSON[map[string]any] `gorm:"column:data"`
}

// concerning is a thing that belongs to a challenge; its events stand on that challenge's trail.
type concerning interface{ challenge() ChallengeID }

func (tx *Tx) event(action Action, t thing, as Role, before string, note Note) error {
	tx.held = true
	e := Event{ID: newID[EventID]("evt"), At: tx.Now, Actor: tx.Actor.User, Action: action, Kind: t.kind(), Thing: t.key(),
		Before: before, After: t.life().State, Reason: note.Reason, Data: J(note.Data)}
	if names := as.Names(); len(names) > 0 {
		e.ActedAs = names[len(names)-1]
	}
	if c, ok := t.(concerning); ok {
		e.Challenge = c.challenge()
	}
	if err := tx.db.Create(&e).Error; err != nil {
		return fmt.Errorf("write event %s: %w", action, err)
	}
	for _, name := range tx.store.followers.of(action) {
		tx.queued = true
		d := delivery{Event: e.Seq, Follower: name, RunAt: tx.Now, State: "ready"}
		if err := tx.db.Create(&d).Error; err != nil {
			return fmt.Errorf("queue %s for %s: %w", action, name, err)
		}
	}
	return nil
}

// Follower hears of events after their commit, at least once each, in its own time. It does
// its work in units of work of its own and must bear being called twice for one event.
type Follower func(ctx context.Context, s *Store, e Event) error

// delivery is an event on its way to one follower.
type delivery struct {
	ID       int64     `gorm:"column:id;primaryKey;autoIncrement"`
	Event    int64     `gorm:"column:event_seq"`
	Follower string    `gorm:"column:follower"`
	State    string    `gorm:"column:state"` // ready, running, done, dead
	Attempt  int       `gorm:"column:attempt"`
	RunAt    time.Time `gorm:"column:run_at"`
	LeaseTo  time.Time `gorm:"column:lease_to"`
	Error    string    `gorm:"column:error"`
}

func (delivery) TableName() string { return "deliveries" }

// On registers a follower under a lasting name. It must be called before the store is used,
// in every process alike; a follower hears only events written after it was added.
func (s *Store) On(name string, f Follower, actions ...Action) {
	fs := s.followers
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if fs.byName == nil {
		fs.byName, fs.actions, fs.bell = map[string]Follower{}, map[Action][]string{}, make(chan struct{}, 1)
	}
	if fs.byName[name] != nil {
		panic("models: two followers called " + name)
	}
	fs.byName[name] = f
	for _, a := range actions {
		fs.actions[a] = append(fs.actions[a], name)
	}
}

func (f *followers) of(a Action) []string {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return slices.Clone(f.actions[a])
}

func (f *followers) wake() {
	f.mu.RLock()
	defer f.mu.RUnlock()
	select {
	case f.bell <- struct{}{}:
	default:
	}
}

// Bell rings when a unit of work has committed, so that deliveries need not wait for the
// next look. It is nil when nobody follows anything.
func (s *Store) Bell() <-chan struct{} {
	s.followers.mu.RLock()
	defer s.followers.mu.RUnlock()
	return s.followers.bell
}

const (
	leaseTime   = time.Minute
	maxAttempts = 12
)

// Deliver hands every delivery that is due to its follower and returns how many it handed
// over. Several processes may call it at once: a delivery is leased, and a late finisher
// whose lease was taken over changes nothing. A failed one backs off (1 s doubling to about
// an hour) and is given up after 12 attempts, for the operator to see.
func (s *Store) Deliver(ctx context.Context) (int, error) {
	count := 0
	for ctx.Err() == nil {
		d, e, err := s.claim(ctx)
		if err != nil || d == nil {
			return count, err
		}
		count++
		s.followers.mu.RLock()
		follow := s.followers.byName[d.Follower]
		s.followers.mu.RUnlock()
		var failed error
		if follow == nil {
			failed = fmt.Errorf("no follower is called %s any more", d.Follower)
		} else {
			failed = safely(func() error { return follow(ctx, s, e) })
		}
		if err := s.settle(ctx, d, failed); err != nil {
			return count, err
		}
	}
	return count, ctx.Err()
}

func safely(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return f()
}

func (s *Store) claim(ctx context.Context) (*delivery, Event, error) {
	var d delivery
	var e Event
	err := s.Write(ctx, System, func(tx *Tx) error {
		d, e = delivery{}, Event{}
		skip := ""
		if s.dialect == "postgres" {
			skip = " for update skip locked"
		}
		err := tx.db.Raw(`update deliveries set state = 'running', attempt = attempt + 1, lease_to = ? where id in (
			select id from deliveries where (state = 'ready' and run_at <= ?) or (state = 'running' and lease_to < ?)
			order by run_at, id limit 1`+skip+`) returning *`, tx.Now.Add(leaseTime), tx.Now, tx.Now).Scan(&d).Error
		if err != nil || d.ID == 0 {
			return err
		}
		return tx.db.Where("seq = ?", d.Event).Take(&e).Error
	})
	if err != nil || d.ID == 0 {
		return nil, e, err
	}
	return &d, e, nil
}

func (s *Store) settle(ctx context.Context, d *delivery, failed error) error {
	return s.Write(ctx, System, func(tx *Tx) error {
		change := map[string]any{"state": "done", "error": ""}
		if failed != nil {
			wait := min(time.Second<<(d.Attempt-1), time.Hour)
			change = map[string]any{"state": "ready", "run_at": tx.Now.Add(wait), "error": clip(failed.Error(), 500)}
			if d.Attempt >= maxAttempts {
				change["state"] = "dead"
			}
		}
		return tx.db.Model(&delivery{}).Where("id = ? and attempt = ?", d.ID, d.Attempt).Updates(change).Error
	})
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// Stuck counts deliveries that were given up, for the operator.
func (tx *Tx) Stuck() (int64, error) {
	var n int64
	err := tx.db.Model(&delivery{}).Where("state = 'dead'").Count(&n).Error
	return n, err
}

// TrailPage lists a thing's events, oldest first, after the given sequence. sealed hides the
// events of bids on a challenge that is not open yet: their number is nobody's to know.
func (tx *Tx) TrailPage(kind Kind, id string, sealed bool, after int64, limit int) ([]Event, error) {
	list := []Event{}
	q := tx.db.Where("seq > ?", after)
	if kind == KindChallenge {
		q = q.Where("(kind = 'challenge' and thing = ?) or challenge = ?", id, id)
		if sealed {
			q = q.Where("kind = 'challenge'")
		}
	} else {
		q = q.Where("kind = ? and thing = ?", kind, id)
	}
	return list, q.Order("seq").Limit(limit).Find(&list).Error
}

// Names returns the display names of users, for the trail.
func (tx *Tx) Names(ids []UserID) (map[UserID]string, error) {
	names := map[UserID]string{}
	if len(ids) == 0 {
		return names, nil
	}
	var rows []User
	err := tx.db.Select("id", "name").Where("id in ?", ids).Find(&rows).Error
	for _, u := range rows {
		names[u.ID] = u.Name
	}
	return names, err
}

// take reads one row or answers nil when there is none, for what may be absent.
func take[T any](q *gorm.DB) (*T, error) {
	var row T
	err := q.Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &row, nil
}

// EventsAfter lists the events after a sequence in order, at most limit: for exports and tests.
func (tx *Tx) EventsAfter(seq int64, limit int) ([]Event, error) {
	list := []Event{}
	return list, tx.db.Where("seq > ?", seq).Order("seq").Limit(limit).Find(&list).Error
}

// NewestEvent is when the newest event happened; the zero time when nothing has.
func (tx *Tx) NewestEvent() (time.Time, error) {
	e, err := take[Event](tx.db.Order("seq desc").Limit(1))
	if e == nil || err != nil {
		return time.Time{}, err
	}
	return e.At, nil
}
