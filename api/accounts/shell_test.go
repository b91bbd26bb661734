package accounts_test

import (
	"context"
	"net/http"
	"testing"

	"jiebang/api/accounts"
	"jiebang/internal/apitest"
	"jiebang/internal/problem"
	"jiebang/models"
)

func TestShell(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		p := w.Person("wang")
		enrol(t, w, p)
		shell := func(do func(*models.Tx, *models.User) error) error {
			return w.Store.Write(context.Background(), models.System, func(tx *models.Tx) error {
				u, err := tx.UserByLogin("wang")
				if err != nil {
					return err
				}
				return do(tx, u)
			})
		}
		appoint := func(role string) error {
			return shell(func(tx *models.Tx, u *models.User) error { return accounts.Appoint(tx, u, role) })
		}
		if err := appoint("security_admin"); err != nil {
			t.Fatal(err)
		}
		for _, role := range []string{"security_admin", "system_admin", "king"} {
			if problem.As(appoint(role)) == nil {
				t.Errorf("appointed %s beside", role)
			}
		}
		if err := shell(accounts.ResetFactor); err != nil {
			t.Fatal(err)
		}
		w.Do(p, "GET", "/account", nil).Must(http.StatusUnauthorized)
		w.Do(apitest.Person{}, "POST", "/session", creds("wang", apitest.Password)).Must(http.StatusOK)
	})
}
