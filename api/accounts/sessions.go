package accounts

import (
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

// MySession is one place where the caller is signed in.
type MySession struct {
	ID        models.SessionID `json:"id"`
	Agent     string           `json:"agent" doc:"What the browser called itself"`
	Address   string           `json:"address" doc:"Where it began"`
	CreatedAt time.Time        `json:"created_at"`
	UsedAt    time.Time        `json:"used_at" doc:"When its token was last refreshed"`
	ExpiresAt time.Time        `json:"expires_at"`
	Current   bool             `json:"current"`
}

// MySessions are all of them, the newest use first.
type MySessions struct {
	Sessions []MySession `json:"sessions"`
}

// SessionsInput needs nothing.
type SessionsInput struct{}

// Sessions lists where the caller is signed in.
func Sessions(tx *models.Tx, _ *SessionsInput) (*MySessions, error) {
	u, err := tx.Me(models.AccountSessions)
	if err != nil {
		return nil, err
	}
	return sessions(tx, u.ID)
}

func sessions(tx *models.Tx, user models.UserID) (*MySessions, error) {
	list, err := tx.SessionsOf(user)
	out := &MySessions{}
	for _, s := range list {
		out.Sessions = append(out.Sessions, MySession{ID: s.ID, Agent: s.Agent, Address: s.Address, CreatedAt: s.CreatedAt, UsedAt: s.RotatedAt,
			ExpiresAt: s.ExpiresAt, Current: s.ID == tx.Actor.Session})
	}
	return out, err
}

// EndSessionInput names a session of the caller.
type EndSessionInput struct {
	ID models.SessionID `path:"id"`
}

// EndSession signs the caller out somewhere. Other people's sessions are not found.
func EndSession(tx *models.Tx, in *EndSessionInput) (*MySessions, error) {
	u, err := tx.Me(models.AccountEndSession)
	if err != nil {
		return nil, err
	}
	n, err := tx.EndSessions(u.ID, in.ID, "", "ended_by_owner")
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return nil, problem.Missing()
	}
	if err := tx.Apply(models.AccountEndSession, u, models.Note{Data: map[string]any{"session": in.ID}}); err != nil {
		return nil, err
	}
	return sessions(tx, u.ID)
}

// EndOthersInput needs nothing.
type EndOthersInput struct{}

// EndOthers signs the caller out everywhere but here.
func EndOthers(tx *models.Tx, _ *EndOthersInput) (*MySessions, error) {
	u, err := tx.Me(models.AccountEndOthers)
	if err != nil {
		return nil, err
	}
	n, err := tx.EndSessions(u.ID, "", tx.Actor.Session, "ended_by_owner")
	if err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AccountEndOthers, u, models.Note{Data: map[string]any{"ended": n}}); err != nil {
		return nil, err
	}
	return sessions(tx, u.ID)
}
