package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"jiebang/api/accounts"
	"jiebang/models"
)

// accountCommand does from the server's own shell what nobody can do over the network: give
// the first persons their offices, and let somebody in who has lost his second factor.
func accountCommand(ctx context.Context, args []string, s streams) int {
	const usage = "jiebang account: say `appoint [flags] LOGIN ROLE`, `reset-factor [flags] LOGIN` or `unlock [flags] LOGIN`\n"
	if len(args) == 0 {
		io.WriteString(s.err, usage)
		return 2
	}
	needs := map[string]int{"appoint": 2, "reset-factor": 1, "unlock": 1}[args[0]]
	if needs == 0 || len(args) <= needs {
		io.WriteString(s.err, usage)
		return 2
	}
	words := args[len(args)-needs:]
	return configured("account "+args[0], func(ctx context.Context, c Config, s streams) error {
		store, err := openStore(ctx, c)
		if err != nil {
			return err
		}
		defer store.Close()
		if err := store.Migrate(ctx); err != nil {
			return err
		}
		login := strings.ToLower(words[0])
		return store.Write(ctx, models.System, func(tx *models.Tx) error {
			u, err := tx.UserByLogin(login)
			if err != nil {
				return err
			}
			if u == nil {
				return errors.New("there is no account of this login")
			}
			switch args[0] {
			case "appoint":
				err = accounts.Appoint(tx, u, words[1])
			case "reset-factor":
				err = accounts.ResetFactor(tx, u)
			default:
				_, err = tx.ForgetTries(models.LoginTries(login))
			}
			if err == nil {
				fmt.Fprintf(s.out, "done: %s %s\n", args[0], strings.Join(words, " "))
			}
			return err
		})
	})(ctx, args[1:len(args)-needs], s)
}
