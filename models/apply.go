package models

import (
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm/clause"

	"jiebang/internal/problem"
)

// Life is what every entity under the rules has: its state, a version that grows with each
// change (the ETag), and when it came and last changed.
type Life struct {
	State     string    `gorm:"column:state"`
	Version   int64     `gorm:"column:version"`
	CreatedAt time.Time `gorm:"column:created_at;autoCreateTime:false"`
	UpdatedAt time.Time `gorm:"column:updated_at;autoUpdateTime:false"`
}

func (l *Life) life() *Life { return l }

// thing is an entity the table rules over.
type thing interface {
	kind() Kind
	key() string
	life() *Life
	// roles are the actor's relations to this thing, beside those he has to everything.
	roles(tx *Tx) (Role, error)
}

// place is the site itself: what one may do without a thing.
type place struct{ Life }

func (*place) kind() Kind  { return KindSite }
func (*place) key() string { return "" }
func (*place) roles(tx *Tx) (Role, error) {
	if len(tx.Actor.Regions) > 0 {
		return Officer, nil
	}
	return 0, nil
}

// guard is a condition of a rule that needs more than the state: the clock, mostly.
type guard struct {
	name string
	ok   func(tx *Tx, t thing) error // nil, or the problem to answer with
}

func groupOf(kind Kind) *group {
	for i := range table {
		if table[i].kind == kind {
			return &table[i]
		}
	}
	panic("models: no rules for " + string(kind))
}

// Check answers nil when the actor may take the action on the thing now. Otherwise NotFound
// when he may not even know of it, Denied when it is not his to do, and Conflict when it is,
// but not in this state or at this time.
func (tx *Tx) check(action Action, t thing) error {
	g := groupOf(t.kind())
	have, err := t.roles(tx)
	if err != nil {
		return err
	}
	have |= tx.Actor.base()
	if g.show != "" && !g.allows(g.show, have, t.life().State) {
		return problem.Missing()
	}
	_, err = g.match(tx, action, t, have)
	return err
}

// allows reports whether a row lets these roles take the action in this state, guards aside.
func (g *group) allows(action Action, have Role, state string) bool {
	return slices.ContainsFunc(g.rules, func(r rule) bool { return r.action == action && r.fits(have, state) })
}

func (r rule) fits(have Role, state string) bool {
	return r.by&have != 0 && (r.from == nil || slices.Contains(r.from, state))
}

// match finds the row that applies, or the problem that says why none does.
func (g *group) match(tx *Tx, action Action, t thing, have Role) (rule, error) {
	known, mine := false, false
	for _, r := range g.rules {
		if r.action != action {
			continue
		}
		known = true
		if r.by&have == 0 {
			continue
		}
		mine = true
		if r.from != nil && !slices.Contains(r.from, t.life().State) {
			continue
		}
		if r.when != nil {
			if err := r.when.ok(tx, t); err != nil {
				return rule{}, err
			}
		}
		if r.decisive && have != Platform && tx.Actor.stale(tx.Now) {
			return rule{}, stepUpNeeded()
		}
		return r, nil
	}
	switch {
	case !known:
		panic(fmt.Sprintf("models: %s does not act on %s", action, g.kind))
	case !mine && tx.Actor.User == "" && !tx.Actor.System:
		return rule{}, problem.New(problem.SignIn, "request.sign_in", "Sign in to do this.")
	case !mine:
		return rule{}, problem.New(problem.Denied, "request.denied", "You may not do this: it is for %s.", g.who(action))
	default:
		return rule{}, problem.New(problem.Conflict, string(g.kind)+".wrong_state",
			"This cannot be done while the %s is %s.", g.kind, t.life().State)
	}
}

// who names the roles that may take an action, for the sentence of a denial.
func (g *group) who(action Action) string {
	var all Role
	for _, r := range g.rules {
		if r.action == action {
			all |= r.by
		}
	}
	return fmt.Sprint(all.Names())
}

// May checks an action that needs no thing.
func (tx *Tx) May(action Action) error {
	return tx.check(action, &place{})
}

// Allowed lists what the actor may do to the thing now: the buttons of its page. Reading is
// left out. It is never nil.
func (tx *Tx) Allowed(t thing) ([]Action, error) {
	list := []Action{}
	g := groupOf(t.kind())
	have, err := t.roles(tx)
	if err != nil {
		return nil, err
	}
	have |= tx.Actor.base()
	for _, r := range g.rules {
		if r.reads || slices.Contains(list, r.action) || !r.fits(have, t.life().State) {
			continue
		}
		if r.when != nil {
			if err := r.when.ok(tx, t); problem.As(err) != nil {
				continue
			} else if err != nil {
				return nil, err
			}
		}
		list = append(list, r.action)
	}
	return list, nil
}

// Sees reports whether the actor may take a reading action on the thing, for views that
// show a part only to some.
func (tx *Tx) Sees(action Action, t thing) (bool, error) {
	err := tx.check(action, t)
	if problem.As(err) != nil {
		return false, nil
	}
	return err == nil, err
}

// Note is what an action leaves on the trail besides who, what and when. Reason is shown to
// whoever may see the trail; Data holds no personal data and no text of a bid.
type Note struct {
	Reason string
	Data   map[string]any
}

// Apply takes an action on a thing the actor may take it on: it moves the state as the table
// says, saves the whole row if nobody changed it meanwhile, and writes the event. A thing
// without a version yet is created.
func (tx *Tx) Apply(action Action, t thing, note Note) error {
	have, err := t.roles(tx)
	if err != nil {
		return err
	}
	return tx.apply(action, t, have|tx.Actor.base(), note)
}

// Follow takes an action as the consequence of another one: the platform does it, whoever
// caused it, where the table allows the platform to.
func (tx *Tx) Follow(action Action, t thing, note Note) error {
	return tx.apply(action, t, Platform, note)
}

func (tx *Tx) apply(action Action, t thing, have Role, note Note) error {
	r, err := groupOf(t.kind()).match(tx, action, t, have)
	if err != nil {
		return err
	}
	if r.reads {
		panic("models: apply of the reading action " + string(action))
	}
	l := t.life()
	before := l.State
	if r.to != stay {
		l.State = r.to
	}
	if t.kind() != KindSite {
		if err := tx.save(t); err != nil {
			return err
		}
	}
	if c, ok := t.(*Challenge); ok {
		if err := tx.recount(c, before); err != nil {
			return err
		}
	}
	return tx.event(action, t, have&r.by, before, note)
}

// Make creates a thing by an action on its parent, in the state the table says it starts in.
// The parent must have been loaded for the same action.
func (tx *Tx) Make(action Action, parent, t thing, note Note) error {
	have, err := parent.roles(tx)
	if err != nil {
		return err
	}
	return tx.create(action, parent, t, have|tx.Actor.base(), note)
}

// FollowMake creates a thing as the consequence of another action: the platform does it,
// whoever caused it, where the table allows the platform to.
func (tx *Tx) FollowMake(action Action, parent, t thing, note Note) error {
	return tx.create(action, parent, t, Platform, note)
}

func (tx *Tx) create(action Action, parent, t thing, have Role, note Note) error {
	r, err := groupOf(parent.kind()).match(tx, action, parent, have)
	if err != nil {
		return err
	}
	if r.makes != t.kind() {
		panic(fmt.Sprintf("models: %s makes %s, not %s", action, r.makes, t.kind()))
	}
	l := t.life()
	l.State, l.Version, l.CreatedAt, l.UpdatedAt = r.start, 1, tx.Now, tx.Now
	if err := tx.db.Create(t).Error; err != nil {
		return fmt.Errorf("create %s: %w", t.kind(), err)
	}
	return tx.event(action, t, have&r.by, "", note)
}

// Site is the parent of what is made out of nothing.
func (tx *Tx) Site() thing { return &place{} }

// save writes the whole row, guarded by the version that was read.
func (tx *Tx) save(t thing) error {
	l := t.life()
	read := l.Version
	l.Version++
	l.UpdatedAt = tx.Now
	done := tx.db.Model(t).Select("*").Where("version = ?", read).Updates(t)
	if done.Error != nil {
		return fmt.Errorf("save %s: %w", t.kind(), done.Error)
	}
	if done.RowsAffected == 0 {
		return problem.New(problem.Conflict, "request.changed_meanwhile", "Somebody changed this at the same moment; read it again.")
	}
	return nil
}

// load reads one thing for an action: it locks the row when the unit of work writes, turns
// away who may not know of it, and compares the version the caller last saw.
func load[T any, P interface {
	*T
	thing
}](tx *Tx, action Action, prefix, id string) (P, error) {
	if !likelyID(id, prefix) {
		return nil, problem.Missing()
	}
	t, err := find[T, P](tx, id)
	if err != nil {
		return nil, err
	}
	if err := tx.check(action, t); err != nil {
		return nil, err
	}
	if tx.expect != 0 && !tx.matched {
		if tx.matched = true; t.life().Version != tx.expect {
			return nil, problem.New(problem.Stale, "request.stale", "This was changed since you read it (you have version %d, it is %d now).",
				tx.expect, t.life().Version)
		}
	}
	return t, nil
}

// find reads one thing without asking the table, for what is reached from a thing that was
// asked for.
func find[T any, P interface {
	*T
	thing
}](tx *Tx, id string) (P, error) {
	var t T
	q := tx.db
	if tx.writes && tx.store.dialect == "postgres" {
		q = q.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	if err := q.Where("id = ?", id).Take(&t).Error; err != nil {
		return nil, fmt.Errorf("read %s: %w", P(&t).kind(), err)
	}
	return &t, tx.hold()
}

// OpenToAll reports whether a visitor may take the action in some state: its door asks for no sign-in.
func OpenToAll(action Action) bool {
	for _, g := range table {
		for _, r := range g.rules {
			if r.action == action && r.by&Visitor != 0 {
				return true
			}
		}
	}
	return false
}

// Plant inserts a row as it stands, past the table: for loading data whose history is not
// this platform's own, and for tests.
func (tx *Tx) Plant(row any) error { return tx.db.Create(row).Error }
