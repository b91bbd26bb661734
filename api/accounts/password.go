package accounts

import (
	"context"
	"strings"
	"unicode/utf8"

	"jiebang/internal/password"
	"jiebang/internal/problem"
	"jiebang/models"
)

// shortest is how many characters a password needs at least. Length is what helps; rules
// about digits and signs only make people write passwords down.
const shortest = 12

// breached are long passwords that stand near the top of published lists of stolen ones,
// and their kin on Chinese keyboards; shorter ones are refused by length.
var breached = map[string]bool{}

func init() {
	for _, p := range strings.Fields(`123456789012 1234567890123 12345678901234 123456789123 123456123456 123123123123 111111111111
		000000000000 888888888888 666666666666 987654321098 112233445566 123321123321 112233112233 147258369147 159357159357
		qwertyuiop12 qwertyuiop123 qwertyuiopas qwertyuiop[] qwertyuiopasdf qwertyqwerty qwerty123456 1qaz2wsx3edc 1qaz2wsx3edc4rfv
		1q2w3e4r5t6y 1q2w3e4r5t6y7u q1w2e3r4t5y6 zaq12wsxcde3 zxcvbnmasdfg asdfghjkl123 asdfghjklqwe qazwsxedcrfv qazwsxedc123
		passwordpassword password1234 password12345 password123456 passw0rd1234 p@ssw0rd1234 password2024 password2025 password2026
		administrator administrator1 admin1234567 admin12345678 adminadmin123 adminadminadmin admin@123456 admin@1234567 root12345678
		changeme1234 changemenow1 welcome12345 welcome123456 letmein12345 iloveyou1234 iloveyou12345 iloveyouforever woaini1314520
		woaini123456 5201314520131 520131452013 1314520131452 abcd12345678 abcdefghijkl abcdefg12345 abc123456789 a123456789012 a12345678901
		aa123456789012 aaaaaaaaaaaa asdasdasdasd qweqweqweqwe zxczxczxczxc test12345678 testtesttest football1234 baseball1234
		superman1234 monkey123456 dragon123456 sunshine1234 princess1234 trustno1trustno1 correcthorsebatterystaple jiebang12345
		jiebangguashuai shenyang1234 shenyang12345 liaoning12345`) {
		breached[p] = true
	}
}

// weakness says what is wrong with a new password.
func weakness(path, secret, login string) problem.Fields {
	var f problem.Fields
	low := strings.ToLower(secret)
	f.Require(utf8.RuneCountInString(secret) >= shortest, path, "account.password_short", "must have at least %d characters", shortest)
	f.Require(login == "" || !strings.Contains(low, login), path, "account.password_holds_login", "must not contain the login")
	f.Require(!breached[low] && !monotone(secret), path, "account.password_known", "stands on a list of stolen passwords; choose another")
	return f
}

// monotone reports a password made of one character.
func monotone(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return strings.Trim(s, string(first)) == ""
}

// PasswordInput changes a password; the old one proves that it is its owner.
type PasswordInput struct {
	Body struct {
		Old string `json:"old_password" minLength:"1" maxLength:"200"`
		New string `json:"new_password" minLength:"12" maxLength:"200"`
	}
}

// PasswordChanged says how many other sessions ended.
type PasswordChanged struct {
	Ended int64 `json:"ended_sessions"`
}

// ChangePassword changes the caller's password and ends all his other sessions.
func (k Keys) ChangePassword(ctx context.Context, s *models.Store, who models.Who, in *PasswordInput) (*PasswordChanged, error) {
	var before models.User
	err := s.Read(ctx, who, func(tx *models.Tx) error {
		u, err := tx.Me(models.AccountPassword)
		if err == nil {
			before = *u
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	fits, err := password.Verify(ctx, before.Password, in.Body.Old)
	if err != nil {
		return nil, err
	}
	f := weakness("new_password", in.Body.New, before.Login)
	f.Require(fits, "old_password", "account.wrong_password", "is not your password")
	f.Require(in.Body.New != in.Body.Old, "new_password", "account.password_same", "must differ from the old one")
	if err := f.Problem("account.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	hash, err := password.Hash(ctx, k.Cost, in.Body.New)
	if err != nil {
		return nil, err
	}
	out := &PasswordChanged{}
	err = s.Write(ctx, who, func(tx *models.Tx) error {
		u, err := tx.Me(models.AccountPassword)
		if err != nil {
			return err
		}
		if u.Password != before.Password {
			return problem.New(problem.Conflict, "request.changed_meanwhile", "Somebody changed this at the same moment; read it again.")
		}
		u.Password = hash
		if out.Ended, err = tx.EndSessions(u.ID, "", tx.Actor.Session, "password_changed"); err != nil {
			return err
		}
		return tx.Apply(models.AccountPassword, u, models.Note{})
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
