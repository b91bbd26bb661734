package accounts

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"time"

	"jiebang/internal/oidc"
	"jiebang/internal/problem"
	"jiebang/models"
)

const byOIDC = "oidc"

// journey is a sign-in by another server on its way: what was sent, and once the person came
// back what the other server says of him.
type journey struct {
	Request oidc.Request `json:"request"`
	Claims  *oidc.Claims `json:"claims,omitempty"`
}

// OIDCInput needs nothing.
type OIDCInput struct{}

// OIDCAsked says where to send the person.
type OIDCAsked struct {
	Ceremony string `json:"ceremony" doc:"The browser keeps it for the way back; good for ten minutes"`
	URL      string `json:"url"`
}

func noOIDC() error {
	return problem.New(problem.Conflict, "account.no_oidc", "Signing in by another server is not set up here.")
}

func badOIDC() error {
	return problem.New(problem.SignIn, "account.bad_oidc", "The other server does not vouch for this sign-in, or it took too long; begin anew.")
}

// oidcDown says that the other server cannot be asked now. Why stands in the log: it is the
// operator's to mend.
func oidcDown(ctx context.Context, err error) error {
	slog.WarnContext(ctx, "the server to sign in by does not answer", "error", err)
	return problem.New(problem.Conflict, "account.oidc_down", "The other server does not answer; try again later, or sign in by your password.")
}

// BeginOIDC begins a sign-in by the other server.
func (k Keys) BeginOIDC(ctx context.Context, s *models.Store, who models.Who, _ *OIDCInput) (*OIDCAsked, error) {
	if err := s.Read(ctx, visitor(who), func(tx *models.Tx) error { return tx.May(models.AccountOIDC) }); err != nil {
		return nil, err
	}
	if k.OIDC == nil {
		return nil, noOIDC()
	}
	r, err := k.OIDC.Begin(ctx, models.RandomToken(), models.RandomToken())
	if err != nil {
		return nil, oidcDown(ctx, err)
	}
	out := &OIDCAsked{Ceremony: models.RandomToken(), URL: r.URL}
	return out, s.Write(ctx, visitor(who), func(tx *models.Tx) error { return keep(tx, out.Ceremony, journey{Request: r}) })
}

func keep(tx *models.Tx, ceremony string, j journey) error {
	text, err := json.Marshal(j)
	if err != nil {
		return err
	}
	return tx.BeginCeremony(digest(ceremony), byOIDC, "", string(text))
}

func (k Keys) journeyOf(tx *models.Tx, ceremony string) (*journey, error) {
	c, err := tx.EndCeremony(digest(ceremony), byOIDC, "")
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, badOIDC()
	}
	var j journey
	return &j, json.Unmarshal([]byte(c.Content), &j)
}

// FinishOIDCInput is what came back with the person, and where it is asked for his second
// factor or the password of the account to link.
type FinishOIDCInput struct {
	Agent string `header:"User-Agent" required:"false"`
	Body  struct {
		Ceremony string `json:"ceremony" minLength:"1" maxLength:"100"`
		State    string `json:"state" required:"false" maxLength:"200"`
		Code     string `json:"code" required:"false" maxLength:"2000" doc:"Of the other server, once"`
		Second   string `json:"second_factor" required:"false" maxLength:"30" doc:"Where account.second_factor_needed asks for it"`
		Login    string `json:"login" required:"false" maxLength:"60" doc:"Where account.link_needed asks for it: the account here, and its password"`
		Password string `json:"password" required:"false" maxLength:"200"`
	}
}

// FinishOIDC signs in whoever the other server vouches for, if his account there is linked to
// one here. If not, the password of the account here links them, and only where the other
// server knows that the e-mail address of that account is his: an address alone opens nothing.
func (k Keys) FinishOIDC(ctx context.Context, s *models.Store, who models.Who, in *FinishOIDCInput) (*Session, error) {
	if k.OIDC == nil {
		return nil, noOIDC()
	}
	b := in.Body
	claims, err := k.claims(ctx, s, who, in)
	if err != nil {
		return nil, err
	}
	var known *models.User
	err = s.Read(ctx, visitor(who), func(tx *models.Tx) error {
		i, err := tx.IdentityBySubject(claims.Issuer, claims.Subject)
		if err != nil || i == nil {
			return err
		}
		known, err = tx.UserByID(i.User)
		return err
	})
	if err != nil {
		return nil, err
	}
	data := map[string]any{"issuer": claims.Issuer}
	if known != nil {
		if known.State != models.UserActive {
			return nil, badOIDC()
		}
		a, err := k.try(ctx, s, who, known.Login)
		if err != nil {
			return nil, err
		}
		return k.enter(ctx, s, who, a, known, b.Second, func(tx *models.Tx, u *models.User, strong bool) (*Session, error) {
			if _, err := k.journeyOf(tx, b.Ceremony); err != nil {
				return nil, err
			}
			return k.start(tx, models.AccountOIDC, u, in.Agent, strong, data)
		})
	}
	if b.Login == "" || b.Password == "" {
		return nil, problem.New(problem.SignIn, "account.link_needed", "Your account at the other server is not linked yet: give the login and the password of your account here, once.")
	}
	known, a, err := k.passes(ctx, s, who, b.Login, b.Password)
	if err != nil {
		return nil, err
	}
	return k.enter(ctx, s, who, a, known, b.Second, func(tx *models.Tx, u *models.User, strong bool) (*Session, error) {
		if !claims.Verified || claims.Email == "" || !strings.EqualFold(claims.Email, u.Email) {
			return nil, problem.New(problem.Conflict, "account.link_email", "The other server does not confirm the e-mail address of this account; an operator can link the two.")
		}
		if _, err := k.journeyOf(tx, b.Ceremony); err != nil {
			return nil, err
		}
		if _, err := tx.Link(u.ID, claims.Issuer, claims.Subject, claims.Email, u.ID); err != nil {
			return nil, err
		}
		if err := tx.Follow(models.AccountLink, u, models.Note{Data: data}); err != nil {
			return nil, err
		}
		return k.start(tx, models.AccountOIDC, u, in.Agent, strong, data)
	})
}

// claims are what the other server says of the person: asked for once, then kept for the
// further calls of the same journey.
func (k Keys) claims(ctx context.Context, s *models.Store, who models.Who, in *FinishOIDCInput) (oidc.Claims, error) {
	b := in.Body
	var j *journey
	var now time.Time
	err := s.Write(ctx, visitor(who), func(tx *models.Tx) (err error) {
		if err := tx.May(models.AccountOIDC); err != nil {
			return err
		}
		now = k.wall(tx)
		if j, err = k.journeyOf(tx, b.Ceremony); err != nil || j.Claims == nil {
			return err // taken out: two calls with one code do not both ask the other server
		}
		return keep(tx, b.Ceremony, *j)
	})
	if err != nil {
		return oidc.Claims{}, err
	}
	if j.Claims != nil {
		return *j.Claims, nil
	}
	c, err := k.OIDC.Finish(ctx, j.Request, b.State, b.Code, now)
	if errors.Is(err, oidc.ErrRefused) {
		return c, badOIDC()
	}
	if err != nil {
		return c, oidcDown(ctx, err)
	}
	j.Claims = &c
	return c, s.Write(ctx, visitor(who), func(tx *models.Tx) error { return keep(tx, b.Ceremony, *j) })
}

// LinkInput links an account of the other server to one here by an office's hand.
type LinkInput struct {
	ID   models.UserID `path:"id"`
	Body struct {
		Subject string `json:"subject" minLength:"1" maxLength:"255" doc:"The account's lasting id at the other server (sub)"`
		Email   string `json:"email" required:"false" maxLength:"120"`
		Reason  string `json:"reason" minLength:"4" maxLength:"500"`
	}
}

// Link is for whoever cannot link by his password, after a look at his papers.
func (k Keys) Link(tx *models.Tx, in *LinkInput) (*AccountState, error) {
	u, err := tx.AccountFor(models.AccountLink, in.ID)
	if err != nil {
		return nil, err
	}
	if k.OIDC == nil {
		return nil, noOIDC()
	}
	if u.ID == tx.Actor.User {
		return nil, problem.New(problem.Conflict, "account.own_link", "Link your own account by its password when you sign in.")
	}
	if _, err := tx.Link(u.ID, k.OIDC.Server(), in.Body.Subject, in.Body.Email, tx.Actor.User); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AccountLink, u, models.Note{Reason: in.Body.Reason, Data: map[string]any{"issuer": k.OIDC.Server()}}); err != nil {
		return nil, err
	}
	return viewState(tx, u)
}

// UnlinkInput names a link of the caller.
type UnlinkInput struct {
	ID models.IdentityID `path:"identity"`
}

// Unlink ends signing in by an account of the other server.
func (k Keys) Unlink(tx *models.Tx, in *UnlinkInput) (*Factors, error) {
	u, err := tx.Me(models.AccountUnlink)
	if err != nil {
		return nil, err
	}
	if err := tx.Unlink(u.ID, in.ID); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AccountUnlink, u, models.Note{Data: map[string]any{"identity": in.ID}}); err != nil {
		return nil, err
	}
	return k.factors(tx, u)
}
