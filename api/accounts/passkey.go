package accounts

import (
	"context"
	"errors"
	"strings"

	"jiebang/internal/passkey"
	"jiebang/internal/problem"
	"jiebang/models"
)

func badPasskey() error {
	return problem.New(problem.SignIn, "account.bad_passkey", "This passkey is not known here, or its answer came too late; try again.")
}

func noPasskeys() error {
	return problem.New(problem.Conflict, "account.no_passkeys", "Passkeys are not offered here: the platform does not know the address people use.")
}

const (
	addingPasskey = "passkey.add"
	askingPasskey = "passkey.ask"
)

// PasskeyAsked is the server's half of speaking with a passkey.
type PasskeyAsked struct {
	Ceremony string         `json:"ceremony" doc:"Comes back with the answer; good for ten minutes, once"`
	Options  map[string]any `json:"options" doc:"For navigator.credentials, as JSON"`
}

// BeginPasskeyInput proves by the password that the session is not a stolen one.
type BeginPasskeyInput struct {
	Body struct {
		Password string `json:"password" minLength:"1" maxLength:"200"`
	}
}

// BeginPasskey asks the caller's device for a key pair.
func (k Keys) BeginPasskey(ctx context.Context, s *models.Store, who models.Who, in *BeginPasskeyInput) (*PasskeyAsked, error) {
	if err := k.prove(ctx, s, who, models.AccountBeginPasskey, in.Body.Password); err != nil {
		return nil, err
	}
	out := &PasskeyAsked{Ceremony: models.RandomToken()}
	err := s.Write(ctx, who, func(tx *models.Tx) error {
		u, err := tx.Me(models.AccountBeginPasskey)
		if err != nil {
			return err
		}
		if k.Passkeys == nil {
			return noPasskeys()
		}
		owner, keys, err := ownerOf(tx, u)
		if err != nil {
			return err
		}
		if len(keys) >= models.MostPasskeys {
			return problem.New(problem.Conflict, "account.too_many_passkeys", "You have %d passkeys; remove one first.", models.MostPasskeys)
		}
		options, kept, err := k.Passkeys.Register(owner)
		if err != nil {
			return err
		}
		out.Options = options
		if err := tx.BeginCeremony(digest(out.Ceremony), addingPasskey, u.ID, kept); err != nil {
			return err
		}
		return tx.Apply(models.AccountBeginPasskey, u, models.Note{})
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func ownerOf(tx *models.Tx, u *models.User) (passkey.Owner, []models.Passkey, error) {
	keys, err := tx.PasskeysOf(u.ID)
	o := passkey.Owner{ID: string(u.ID), Login: u.Login, Name: u.Name}
	for _, p := range keys {
		o.Records = append(o.Records, p.Record)
	}
	return o, keys, err
}

// AddPasskeyInput is the browser's half.
type AddPasskeyInput struct {
	Body struct {
		Ceremony string         `json:"ceremony" minLength:"1" maxLength:"100"`
		Answer   map[string]any `json:"answer" maxProperties:"20" doc:"What the browser's credential says, as JSON"`
		Name     string         `json:"name" minLength:"1" maxLength:"60" doc:"What the owner calls it: office laptop"`
	}
}

// AddPasskey keeps the public half of a key pair.
func (k Keys) AddPasskey(tx *models.Tx, in *AddPasskeyInput) (*Recovery, error) {
	u, err := tx.Me(models.AccountAddPasskey)
	if err != nil {
		return nil, err
	}
	name, err := passkeyName(in.Body.Name)
	if err != nil {
		return nil, err
	}
	c, err := tx.EndCeremony(digest(in.Body.Ceremony), addingPasskey, u.ID)
	if err != nil {
		return nil, err
	}
	if c == nil || k.Passkeys == nil {
		return nil, refusedPasskey()
	}
	owner, _, err := ownerOf(tx, u)
	if err != nil {
		return nil, err
	}
	credential, record, err := k.Passkeys.Registered(owner, c.Content, in.Body.Answer)
	if errors.Is(err, passkey.ErrRefused) {
		return nil, refusedPasskey()
	}
	if err != nil {
		return nil, err
	}
	p, err := tx.AddPasskey(u.ID, credential, record, name)
	if err != nil {
		return nil, err
	}
	return k.strengthened(tx, models.AccountAddPasskey, u, map[string]any{"passkey": p.ID})
}

func passkeyName(name string) (string, error) {
	name = strings.TrimSpace(name)
	var f problem.Fields
	f.Require(name != "", "name", "field.missing", "must not be blank")
	return name, f.Problem("account.invalid", "Some fields need to be mended.")
}

// refusedPasskey is for somebody who is signed in: his session is good, the answer is not.
func refusedPasskey() error {
	var f problem.Fields
	f.Add("answer", "account.bad_answer", "is no good answer of a passkey to what was asked; begin anew")
	return f.Problem("account.invalid", "Some fields need to be mended.")
}

// NamePasskeyInput renames a passkey.
type NamePasskeyInput struct {
	ID   models.PasskeyID `path:"passkey"`
	Body struct {
		Name string `json:"name" minLength:"1" maxLength:"60"`
	}
}

// NamePasskey calls a passkey otherwise.
func (k Keys) NamePasskey(tx *models.Tx, in *NamePasskeyInput) (*Factors, error) {
	u, err := tx.Me(models.AccountNamePasskey)
	if err != nil {
		return nil, err
	}
	name, err := passkeyName(in.Body.Name)
	if err != nil {
		return nil, err
	}
	if err := tx.RenamePasskey(u.ID, in.ID, name); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AccountNamePasskey, u, models.Note{Data: map[string]any{"passkey": in.ID}}); err != nil {
		return nil, err
	}
	return k.factors(tx, u)
}

// DropPasskeyInput names a passkey.
type DropPasskeyInput struct {
	ID models.PasskeyID `path:"passkey"`
}

// DropPasskey removes a passkey; from then on it opens nothing.
func (k Keys) DropPasskey(tx *models.Tx, in *DropPasskeyInput) (*Factors, error) {
	u, err := tx.Me(models.AccountDropPasskey)
	if err != nil {
		return nil, err
	}
	if err := tx.DropPasskey(u.ID, in.ID); err != nil {
		return nil, err
	}
	return k.weakened(tx, models.AccountDropPasskey, u, map[string]any{"passkey": in.ID})
}

// AskPasskeyInput needs nothing: the passkey says whose it is.
type AskPasskeyInput struct{}

// AskPasskey begins a sign-in or a confirmation by passkey.
func (k Keys) AskPasskey(tx *models.Tx, _ *AskPasskeyInput) (*PasskeyAsked, error) {
	if err := tx.May(models.AccountPasskeyIn); err != nil {
		return nil, err
	}
	if k.Passkeys == nil {
		return nil, noPasskeys()
	}
	options, kept, err := k.Passkeys.Ask()
	if err != nil {
		return nil, err
	}
	out := &PasskeyAsked{Ceremony: models.RandomToken(), Options: options}
	return out, tx.BeginCeremony(digest(out.Ceremony), askingPasskey, "", kept)
}

// proven checks a passkey's answer and says whose it is.
func (k Keys) proven(tx *models.Tx, ceremony string, answer map[string]any) (*models.User, *models.Passkey, error) {
	c, err := tx.EndCeremony(digest(ceremony), askingPasskey, "")
	if err != nil {
		return nil, nil, err
	}
	credential, err := passkey.Credential(answer)
	if err != nil || c == nil || k.Passkeys == nil {
		return nil, nil, badPasskey()
	}
	p, err := tx.PasskeyByCredential(credential)
	if err != nil {
		return nil, nil, err
	}
	if p == nil {
		return nil, nil, badPasskey()
	}
	u, err := tx.UserByID(p.User)
	if err != nil {
		return nil, nil, err
	}
	if u == nil || u.State != models.UserActive {
		return nil, nil, badPasskey()
	}
	record, err := k.Passkeys.Proved(passkey.Owner{ID: string(u.ID), Login: u.Login, Name: u.Name, Records: []string{p.Record}}, c.Content, answer)
	switch {
	case errors.Is(err, passkey.ErrCloned):
		return nil, nil, problem.New(problem.SignIn, "account.passkey_copied", "This passkey seems to have been copied; sign in another way and remove it.")
	case errors.Is(err, passkey.ErrRefused):
		return nil, nil, badPasskey()
	case err != nil:
		return nil, nil, err
	}
	return u, p, tx.UsePasskey(p, record)
}

// PasskeyInInput is the browser's half.
type PasskeyInInput struct {
	Agent string `header:"User-Agent" required:"false"`
	Body  struct {
		Ceremony string         `json:"ceremony" minLength:"1" maxLength:"100"`
		Answer   map[string]any `json:"answer" maxProperties:"20" doc:"What the browser's credential says, as JSON"`
	}
}

// PasskeyIn signs somebody in by his passkey alone: the device has asked for his finger or
// his PIN, so both factors are shown. It works while the password is locked.
func (k Keys) PasskeyIn(tx *models.Tx, in *PasskeyInInput) (*Session, error) {
	if err := tx.May(models.AccountPasskeyIn); err != nil {
		return nil, err
	}
	u, p, err := k.proven(tx, in.Body.Ceremony, in.Body.Answer)
	if err != nil {
		return nil, err
	}
	return k.start(tx, models.AccountPasskeyIn, u, in.Agent, true, map[string]any{"passkey": p.ID})
}

// start begins a session for somebody who has proved who he is.
func (k Keys) start(tx *models.Tx, by models.Action, u *models.User, agent string, strong bool, data map[string]any) (*Session, error) {
	token := models.RandomToken()
	session, err := tx.StartSession(u.ID, digest(token), agent, refreshLasts)
	if err != nil {
		return nil, err
	}
	if strong {
		if err := tx.ConfirmSession(session.ID); err != nil {
			return nil, err
		}
	}
	if err := tx.Become(models.Who{User: u.ID, Session: session.ID}); err != nil {
		return nil, err
	}
	if data == nil {
		data = map[string]any{}
	}
	data["session"] = session.ID
	if err := tx.Apply(by, tx.Site(), models.Note{Data: data}); err != nil {
		return nil, err
	}
	return k.session(tx, session, token)
}
