package accounts

import (
	"context"
	"math"
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

// freeTries is how many wrong guesses at one account lock it for a while.
const freeTries = 5

// attempt is one guess at an account's secrets. It is counted before it is made, so that a
// hundred at the same moment are not one.
type attempt struct {
	keys  []string // of the address, where it is counted, and of the account
	locks bool     // if this one fails, the account or the address is locked
}

func visitor(who models.Who) models.Who { return models.Who{Address: who.Address} }

// try counts a guess at the account of a login, whether there is one or not: both lock alike.
// An address that is locked itself locks nobody else.
func (k Keys) try(ctx context.Context, s *models.Store, who models.Who, login string) (attempt, error) {
	var a attempt
	var until *time.Time
	var now time.Time
	err := s.Write(ctx, visitor(who), func(tx *models.Tx) error {
		a, until, now = attempt{}, nil, tx.Now
		take := func(key string, free int) error {
			if until != nil {
				return nil
			}
			u, locks, err := tx.TakeTry(key, free)
			a.keys, a.locks, until = append(a.keys, key), a.locks || locks, u
			return err
		}
		if k.AddressTries > 0 && who.Address != "" {
			if err := take(models.AddressTries(who.Address), k.AddressTries); err != nil {
				return err
			}
		}
		return take(models.LoginTries(login), freeTries)
	})
	if err == nil && until != nil {
		wait := until.Sub(now)
		p := problem.New(problem.TooMany, "account.locked", "Too many wrong tries; wait %d minutes.", int(math.Ceil(wait.Minutes())))
		p.RetryAfter = int(math.Ceil(wait.Seconds()))
		return a, p
	}
	return a, err
}

// lost leaves a mark on the trail when a wrong guess was the last one for a while.
func (a attempt) lost(ctx context.Context, s *models.Store, known *models.User) error {
	if !a.locks {
		return nil
	}
	return s.Write(ctx, models.System, func(tx *models.Tx) error {
		account := models.UserID("")
		if known != nil {
			account = known.ID
		}
		return tx.Follow(models.AccountLock, tx.Site(), models.Note{Data: map[string]any{"account": account}})
	})
}

// won forgets the wrong guesses at the account, and this one at the address.
func (a attempt) won(tx *models.Tx) error {
	for i, key := range a.keys {
		if i == len(a.keys)-1 {
			_, err := tx.ForgetTries(key)
			return err
		}
		if err := tx.GiveBackTry(key); err != nil {
			return err
		}
	}
	return nil
}

// undecided takes back the count of a guess that was right as far as it went.
func (a attempt) undecided(tx *models.Tx) error {
	for _, key := range a.keys {
		if err := tx.GiveBackTry(key); err != nil {
			return err
		}
	}
	return nil
}

// UnlockInput names an account.
type UnlockInput struct {
	ID models.UserID `path:"id"`
}

// Unlock lets an account be tried again at once.
func Unlock(tx *models.Tx, in *UnlockInput) (*AccountState, error) {
	u, err := tx.AccountFor(models.AccountUnlock, in.ID)
	if err != nil {
		return nil, err
	}
	if _, err := tx.ForgetTries(models.LoginTries(u.Login)); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AccountUnlock, u, models.Note{}); err != nil {
		return nil, err
	}
	return viewState(tx, u)
}

// sweep removes what no sign-in needs any more.
func sweep(ctx context.Context, s *models.Store) error {
	return s.Write(ctx, models.System, func(tx *models.Tx) error { return tx.SweepSignIn() })
}

// LockedInput needs nothing.
type LockedInput struct{}

// LockedAccounts are the accounts that nobody can sign in to for the moment.
type LockedAccounts struct {
	Accounts []AccountState `json:"accounts"`
}

// Locked lists the accounts that too many wrong tries have locked.
func Locked(tx *models.Tx, _ *LockedInput) (*LockedAccounts, error) {
	if err := tx.May(models.AccountLocked); err != nil {
		return nil, err
	}
	list, err := tx.LockedAccounts()
	if err != nil {
		return nil, err
	}
	out := &LockedAccounts{}
	for i := range list {
		v, err := viewState(tx, &list[i])
		if err != nil {
			return nil, err
		}
		out.Accounts = append(out.Accounts, *v)
	}
	return out, nil
}
