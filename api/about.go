package api

import (
	"context"
	"time"

	"jiebang/api/endpoint"
	"jiebang/internal/problem"
	"jiebang/models"
)

// Demo is what demo mode adds: accounts to pick from and a way back to the start.
type Demo struct {
	Accounts []DemoAccount
	// Reset makes everything as it was on the first day.
	Reset func(ctx context.Context) error
	// Advance moves the demo's clock forward, so that a deadline or a publicity can be lived
	// through in a minute. It is nil where the clock is the real one.
	Advance func(d time.Duration)
	// NoLimit lets tests sign in as fast as they like.
	NoLimit bool
}

// DemoAccount is one person of the demo to sign in as.
type DemoAccount struct {
	Login    string   `json:"login"`
	Password string   `json:"password"`
	Name     string   `json:"name"`
	Roles    []string `json:"roles" doc:"What this person is: leader, team_lead, institution, expert, officer, operator, auditor"`
	Note     string   `json:"note" doc:"What can be tried as this person"`
}

// About is what the pages need to know before anybody signs in.
type About struct {
	Version  string    `json:"version"`
	Demo     bool      `json:"demo"`
	SetUp    bool      `json:"needs_set_up" doc:"No account exists yet; the first one becomes operator"`
	Now      time.Time `json:"now" doc:"The server's clock: the only one that counts for deadlines"`
	Timezone string    `json:"timezone"`
	Passkeys bool      `json:"passkeys" doc:"One can sign in by a passkey"`
	OIDC     string    `json:"oidc" doc:"Name of the other server one can sign in by; empty where there is none"`
}

// DemoAccounts lists the demo's people.
type DemoAccounts struct {
	Accounts []DemoAccount `json:"accounts"`
}

// DemoAdvanceInput says how far the demo's clock moves.
type DemoAdvanceInput struct {
	Body struct {
		Hours int `json:"hours" minimum:"1" maximum:"2160" doc:"At most 90 days at a time"`
	}
}

// Done says that something without a view was done.
type Done struct {
	OK bool `json:"ok"`
}

func (s *Server) about() {
	endpoint.Get(s.doors, models.AboutShow, "/about", "What this server is, and its clock", func(tx *models.Tx, _ *struct{}) (About, error) {
		n, err := tx.Accounts()
		a := About{Version: s.config.Version, Demo: s.config.Demo != nil, SetUp: n == 0, Now: tx.Now, Timezone: "Asia/Shanghai", Passkeys: s.passkeys != nil}
		if s.config.OIDC != nil {
			a.OIDC = s.config.OIDC.Name()
		}
		return a, err
	})
	endpoint.Get(s.doors, models.DemoAccounts, "/demo/accounts", "The people of the demo", func(*models.Tx, *struct{}) (DemoAccounts, error) {
		if s.config.Demo == nil {
			return DemoAccounts{}, problem.Missing()
		}
		return DemoAccounts{Accounts: s.config.Demo.Accounts}, nil
	})
	endpoint.Call(s.doors, "POST", models.DemoAdvance, "/demo/advance", "Move the demo's clock forward",
		func(ctx context.Context, store *models.Store, who models.Who, in *DemoAdvanceInput) (Done, error) {
			if s.config.Demo == nil || s.config.Demo.Advance == nil {
				return Done{}, problem.Missing()
			}
			if err := store.Read(ctx, who, func(tx *models.Tx) error { return tx.May(models.DemoAdvance) }); err != nil {
				return Done{}, err
			}
			s.config.Demo.Advance(time.Duration(in.Body.Hours) * time.Hour)
			for _, c := range s.doors.Clocks { // what the clock would have done by then is done now
				if err := c.Run(ctx); err != nil {
					return Done{}, err
				}
			}
			return Done{OK: true}, nil
		})
	endpoint.Call(s.doors, "POST", models.DemoReset, "/demo/reset", "Put the demo back to its first day",
		func(ctx context.Context, store *models.Store, who models.Who, _ *struct{}) (Done, error) {
			if s.config.Demo == nil || s.config.Demo.Reset == nil {
				return Done{}, problem.Missing()
			}
			if err := store.Read(ctx, who, func(tx *models.Tx) error { return tx.May(models.DemoReset) }); err != nil {
				return Done{}, err
			}
			return Done{OK: true}, s.config.Demo.Reset(ctx)
		})
}
