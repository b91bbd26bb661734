package accounts

import (
	"context"
	"regexp"
	"strings"
	"time"

	"jiebang/internal/otp"
	"jiebang/internal/password"
	"jiebang/internal/problem"
	"jiebang/models"
)

var sixDigits = regexp.MustCompile(`^\d{6}$`)

// plain strips what people and pages put between the letters of a code.
func plain(code string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "-", "").Replace(code))
}

// show checks what somebody shows as his second factor: six digits of his app, or a recovery
// code. Either is good for once.
func (k Keys) show(tx *models.Tx, user models.UserID, code string) (bool, error) {
	code = plain(code)
	if !sixDigits.MatchString(code) {
		return tx.UseRecoveryCode(user, digest(code))
	}
	t, err := tx.TOTPOf(user)
	if err != nil || t == nil || t.Confirmed == nil {
		return false, err
	}
	return k.use(tx, t, code)
}

// use uses up a code of an app; one that was used is wrong.
func (k Keys) use(tx *models.Tx, t *models.TOTP, code string) (bool, error) {
	secret, err := k.Codes.Open(string(t.User), t.Secret)
	if err != nil {
		return false, err
	}
	step, ok := otp.Match(secret, code, k.wall(tx))
	if !ok {
		return false, nil
	}
	return tx.UseStep(t.User, step)
}

// wall is the time that people's devices show; a demo's clock may be ahead of it.
func (k Keys) wall(tx *models.Tx) time.Time {
	if k.Wall != nil {
		return k.Wall()
	}
	return tx.Now
}

// Factors are the second factors of an account.
type Factors struct {
	TOTP      bool          `json:"totp" doc:"An authenticator app is set up"`
	Since     *time.Time    `json:"totp_since,omitempty"`
	Passkeys  []PasskeyView `json:"passkeys"`
	CodesLeft int64         `json:"recovery_codes_left"`
	Required  bool          `json:"required" doc:"My offices ask for a second factor; the last one cannot be removed"`
	Withheld  []string      `json:"withheld_roles" doc:"Offices I hold that count only after I have shown a second factor in this session"`
	Until     *time.Time    `json:"confirmed_until,omitempty" doc:"Until when decisive acts need no fresh proof"`
	Sign      []SignedBy    `json:"identities" doc:"Accounts of another server by which I sign in"`
	CanKey    bool          `json:"passkeys_offered"`
}

// PasskeyView is a passkey as its owner sees it.
type PasskeyView struct {
	ID        models.PasskeyID `json:"id"`
	Name      string           `json:"name"`
	CreatedAt time.Time        `json:"created_at"`
	UsedAt    *time.Time       `json:"used_at,omitempty"`
}

// SignedBy is a link to an account of another server.
type SignedBy struct {
	ID        models.IdentityID `json:"id"`
	Issuer    string            `json:"issuer"`
	Email     string            `json:"email"`
	CreatedAt time.Time         `json:"created_at"`
}

// SecurityInput needs nothing.
type SecurityInput struct{}

// Security shows what protects the caller's account.
func (k Keys) Security(tx *models.Tx, _ *SecurityInput) (*Factors, error) {
	u, err := tx.Me(models.AccountSecurity)
	if err != nil {
		return nil, err
	}
	return k.factors(tx, u)
}

func (k Keys) factors(tx *models.Tx, u *models.User) (*Factors, error) {
	f := &Factors{Withheld: tx.Actor.Withheld, CanKey: k.Passkeys != nil}
	t, err := tx.TOTPOf(u.ID)
	if err != nil {
		return nil, err
	}
	if t != nil && t.Confirmed != nil {
		f.TOTP, f.Since = true, t.Confirmed
	}
	keys, err := tx.PasskeysOf(u.ID)
	if err != nil {
		return nil, err
	}
	for _, p := range keys {
		f.Passkeys = append(f.Passkeys, PasskeyView{ID: p.ID, Name: p.Name, CreatedAt: p.CreatedAt, UsedAt: p.UsedAt})
	}
	if f.CodesLeft, err = tx.RecoveryCodesLeft(u.ID); err != nil {
		return nil, err
	}
	links, err := tx.IdentitiesOf(u.ID)
	if err != nil {
		return nil, err
	}
	for _, i := range links {
		f.Sign = append(f.Sign, SignedBy{ID: i.ID, Issuer: i.Issuer, Email: i.Email, CreatedAt: i.CreatedAt})
	}
	f.Until = tx.ConfirmedUntil()
	f.Required, err = k.required(tx, u.ID)
	return f, err
}

// required reports that an account may not be without a second factor.
func (k Keys) required(tx *models.Tx, user models.UserID) (bool, error) {
	if !k.Earnest {
		return false, nil
	}
	return tx.HoldsOffice(user)
}

// prove checks the caller's password before something that outlasts his session. It counts as
// a guess.
func (k Keys) prove(ctx context.Context, s *models.Store, who models.Who, action models.Action, secret string) error {
	var u models.User
	err := s.Read(ctx, who, func(tx *models.Tx) error {
		me, err := tx.Me(action)
		if err == nil {
			u = *me
		}
		return err
	})
	if err != nil {
		return err
	}
	a, err := k.try(ctx, s, who, u.Login)
	if err != nil {
		return err
	}
	fits, err := password.Verify(ctx, u.Password, secret)
	if err != nil {
		return err
	}
	if !fits {
		var f problem.Fields
		f.Add("password", "account.wrong_password", "is not your password")
		if err := a.lost(ctx, s, &u); err != nil {
			return err
		}
		return f.Problem("account.invalid", "Some fields need to be mended.")
	}
	return s.Write(ctx, who, func(tx *models.Tx) error { return a.won(tx) })
}

// BeginTOTPInput proves by the password that the session is not a stolen one.
type BeginTOTPInput struct {
	Body struct {
		Password string `json:"password" minLength:"1" maxLength:"200"`
	}
}

// FreshTOTP is what an authenticator app needs. It is shown once.
type FreshTOTP struct {
	Secret string   `json:"secret" doc:"To type where there is no camera"`
	URI    string   `json:"uri"`
	QR     []string `json:"qr" doc:"The QR code as rows of 0 and 1; leave a margin of four around it"`
}

// BeginTOTP makes a secret for an authenticator app. It counts once a first code confirms it.
func (k Keys) BeginTOTP(ctx context.Context, s *models.Store, who models.Who, in *BeginTOTPInput) (*FreshTOTP, error) {
	if err := k.prove(ctx, s, who, models.AccountBeginTOTP, in.Body.Password); err != nil {
		return nil, err
	}
	out := &FreshTOTP{Secret: otp.NewSecret()}
	err := s.Write(ctx, who, func(tx *models.Tx) error {
		u, err := tx.Me(models.AccountBeginTOTP)
		if err != nil {
			return err
		}
		if err := tx.BeginTOTP(u.ID, k.Codes.Seal(string(u.ID), out.Secret)); err != nil {
			return err
		}
		out.URI = otp.URI("揭榜台", u.Login, out.Secret)
		if out.QR, err = otp.Picture(out.URI); err != nil {
			return err
		}
		return tx.Apply(models.AccountBeginTOTP, u, models.Note{})
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// TOTPCodeInput holds a code of the app.
type TOTPCodeInput struct {
	Body struct {
		Code string `json:"code" minLength:"6" maxLength:"30"`
	}
}

// Recovery are codes for the day the second factor is lost. They are shown once.
type Recovery struct {
	Codes   []string `json:"recovery_codes" doc:"Each is good for one sign-in; empty when there are codes already"`
	Factors *Factors `json:"factors"`
}

// AddTOTP confirms the app by its first code. Who had no second factor gets recovery codes.
func (k Keys) AddTOTP(ctx context.Context, s *models.Store, who models.Who, in *TOTPCodeInput) (*Recovery, error) {
	var out *Recovery
	err := k.guess(ctx, s, who, models.AccountAddTOTP, func(tx *models.Tx, u *models.User) (bool, error) {
		t, err := tx.TOTPOf(u.ID)
		if err != nil {
			return false, err
		}
		if t == nil || t.Confirmed != nil {
			return false, problem.New(problem.Conflict, "account.no_totp_begun", "No authenticator app is being set up; begin anew.")
		}
		ok, err := k.use(tx, t, plain(in.Body.Code))
		if err != nil || !ok {
			return false, err
		}
		out, err = k.strengthened(tx, models.AccountAddTOTP, u, nil)
		return true, err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// guess lets the caller show a code inside a unit of work; a wrong one counts against him.
func (k Keys) guess(ctx context.Context, s *models.Store, who models.Who, action models.Action, show func(*models.Tx, *models.User) (bool, error)) error {
	var u models.User
	err := s.Read(ctx, who, func(tx *models.Tx) error {
		me, err := tx.Me(action)
		if err == nil {
			u = *me
		}
		return err
	})
	if err != nil {
		return err
	}
	a, err := k.try(ctx, s, who, u.Login)
	if err != nil {
		return err
	}
	ok := false
	err = s.Write(ctx, who, func(tx *models.Tx) error {
		me, err := tx.Me(action)
		if err != nil {
			return err
		}
		if ok, err = show(tx, me); err != nil || !ok {
			return err
		}
		return a.won(tx)
	})
	if p := problem.As(err); p != nil && p.Code != "account.bad_passkey" { // nothing was guessed
		if gone := s.Write(ctx, who, a.undecided); gone != nil {
			return gone
		}
	}
	if err == nil && !ok {
		var f problem.Fields
		f.Add("code", "account.bad_code", "is wrong, too old, or was used already")
		if err := a.lost(ctx, s, &u); err != nil {
			return err
		}
		return f.Problem("account.invalid", "Some fields need to be mended.")
	}
	return err
}

const recoveryCodes = 10

// strengthened is the end of adding a second factor: the session has shown it, and there are
// recovery codes.
func (k Keys) strengthened(tx *models.Tx, action models.Action, u *models.User, data map[string]any) (*Recovery, error) {
	if err := tx.ConfirmSession(tx.Actor.Session); err != nil {
		return nil, err
	}
	out := &Recovery{}
	left, err := tx.RecoveryCodesLeft(u.ID)
	if err != nil {
		return nil, err
	}
	if left == 0 {
		if out.Codes, err = freshCodes(tx, u.ID); err != nil {
			return nil, err
		}
	}
	if err := tx.Apply(action, u, models.Note{Data: data}); err != nil {
		return nil, err
	}
	if err := tx.Reload(); err != nil {
		return nil, err
	}
	out.Factors, err = k.factors(tx, u)
	return out, err
}

func freshCodes(tx *models.Tx, user models.UserID) ([]string, error) {
	codes, digests := []string{}, []string{}
	for range recoveryCodes {
		c := models.RandomToken()[:16] // 80 bits: nobody finds one from its digest
		codes, digests = append(codes, c[:4]+"-"+c[4:8]+"-"+c[8:12]+"-"+c[12:]), append(digests, digest(c))
	}
	return codes, tx.SetRecoveryCodes(user, digests)
}

// CodesInput needs nothing.
type CodesInput struct{}

// NewCodes replaces the recovery codes; the earlier ones are good for nothing from then on.
func (k Keys) NewCodes(tx *models.Tx, _ *CodesInput) (*Recovery, error) {
	u, err := tx.Me(models.AccountCodes)
	if err != nil {
		return nil, err
	}
	if !tx.Actor.Strong {
		return nil, problem.New(problem.Conflict, "account.no_factor", "There is no second factor to recover; set one up first.")
	}
	out := &Recovery{}
	if out.Codes, err = freshCodes(tx, u.ID); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AccountCodes, u, models.Note{}); err != nil {
		return nil, err
	}
	out.Factors, err = k.factors(tx, u)
	return out, err
}

// DropTOTPInput needs nothing.
type DropTOTPInput struct{}

// DropTOTP removes the authenticator app.
func (k Keys) DropTOTP(tx *models.Tx, _ *DropTOTPInput) (*Factors, error) {
	u, err := tx.Me(models.AccountDropTOTP)
	if err != nil {
		return nil, err
	}
	had, err := tx.DropTOTP(u.ID)
	if err != nil {
		return nil, err
	}
	if !had {
		return nil, problem.Missing()
	}
	return k.weakened(tx, models.AccountDropTOTP, u, nil)
}

// weakened is the end of removing a second factor: an office must keep one, and without any
// there is nothing to recover.
func (k Keys) weakened(tx *models.Tx, action models.Action, u *models.User, data map[string]any) (*Factors, error) {
	left, err := tx.HasFactor(u.ID)
	if err != nil {
		return nil, err
	}
	if !left {
		needs, err := k.required(tx, u.ID)
		if err != nil {
			return nil, err
		}
		if needs {
			return nil, problem.New(problem.Conflict, "account.factor_required", "Your office needs a second factor; set up another one before you remove this.")
		}
		if err := tx.SetRecoveryCodes(u.ID, nil); err != nil {
			return nil, err
		}
	}
	if err := tx.Apply(action, u, models.Note{Data: data}); err != nil {
		return nil, err
	}
	return k.factors(tx, u)
}

// ConfirmInput shows a second factor: a code, or a passkey's answer.
type ConfirmInput struct {
	Body struct {
		Code     string         `json:"code" required:"false" maxLength:"30" doc:"Six digits of the app, or a recovery code"`
		Ceremony string         `json:"ceremony" required:"false" maxLength:"100" doc:"Of account.ask_passkey, with the answer"`
		Answer   map[string]any `json:"answer" required:"false" maxProperties:"20" doc:"What the browser's credential says, as JSON"`
	}
}

// Confirm shows the second factor again, so that decisive acts may follow for some minutes.
func (k Keys) Confirm(ctx context.Context, s *models.Store, who models.Who, in *ConfirmInput) (*Factors, error) {
	var out *Factors
	err := k.guess(ctx, s, who, models.AccountConfirm, func(tx *models.Tx, u *models.User) (ok bool, err error) {
		if !tx.Actor.Strong {
			return false, problem.New(problem.Conflict, "account.no_factor", "There is no second factor to show; set one up first.")
		}
		if in.Body.Ceremony != "" {
			owner, _, err := k.proven(tx, in.Body.Ceremony, in.Body.Answer)
			if err != nil {
				return false, err
			}
			if ok = owner.ID == u.ID; !ok {
				return false, badPasskey()
			}
		} else if ok, err = k.show(tx, u.ID, in.Body.Code); err != nil || !ok {
			return false, err
		}
		if err := tx.ConfirmSession(tx.Actor.Session); err != nil {
			return false, err
		}
		if err := tx.Apply(models.AccountConfirm, u, models.Note{}); err != nil {
			return false, err
		}
		if err := tx.Reload(); err != nil {
			return false, err
		}
		out, err = k.factors(tx, u)
		return true, err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
