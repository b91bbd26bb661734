package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"jiebang/api/catalogue"
	"jiebang/models"
)

// openStore opens the database that the settings name; without one it is a SQLite file in the data folder. The caller closes it.
func openStore(ctx context.Context, c Config) (*models.Store, error) {
	secret, err := c.secret()
	if err != nil {
		return nil, err
	}
	to := models.Config{Secret: secret, Postgres: c.DatabaseURL} // on PostgreSQL the clock is the database's
	if c.DatabaseURL == "" {
		if err := os.MkdirAll(c.Data, 0o700); err != nil {
			return nil, fmt.Errorf("data folder: %w", err)
		}
		to.SQLite, to.Clock = filepath.Join(c.Data, "jiebang.db"), time.Now
	}
	return models.Open(ctx, to)
}

func migrate(ctx context.Context, c Config, s streams) error {
	store, err := openStore(ctx, c)
	if err != nil {
		return err
	}
	err = store.Migrate(ctx)
	if err := errors.Join(err, store.Close()); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "the %s database has this version's schema\n", store.Dialect())
	return nil
}

// catalogueCommand is "catalogue load": another word of its own than the other commands, because
// a vocabulary is never loaded by the way.
func catalogueCommand(ctx context.Context, args []string, s streams) int {
	if len(args) == 0 || args[0] != "load" {
		fmt.Fprintln(s.err, "jiebang catalogue: say `jiebang catalogue load`")
		return 2
	}
	return configured("catalogue load", loadCatalogues)(ctx, args[1:], s)
}

func loadCatalogues(ctx context.Context, c Config, s streams) error {
	store, err := openStore(ctx, c)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Migrate(ctx); err != nil {
		return err
	}
	var done *catalogue.StarterLoaded
	if err := store.Write(ctx, models.System, func(tx *models.Tx) (err error) {
		done, err = catalogue.LoadStarter(tx, &catalogue.LoadStarterInput{})
		return err
	}); err != nil {
		return err
	}
	for _, v := range done.Loaded {
		fmt.Fprintf(s.out, "loaded  %s %s %s\n", v.Kind, v.Code, v.NameZh)
	}
	for _, kind := range done.Kept {
		fmt.Fprintf(s.out, "kept    %s: there is a version already\n", kind)
	}
	return nil
}

// doctor says of each thing it looks at whether it is well, and fails when one is not.
func doctor(ctx context.Context, c Config, s streams) error {
	sick := 0
	tell := func(what string, err error) {
		if err == nil {
			fmt.Fprintf(s.out, "ok    %s\n", what)
			return
		}
		sick++
		fmt.Fprintf(s.out, "SICK  %s: %v\n", what, err)
	}
	tell("data folder is nobody else's", private(c.Data))
	if c.Secret == "" && c.SecretFile == "" {
		tell("secret is nobody else's", private(filepath.Join(c.Data, "secret")))
	}
	store, err := openStore(ctx, c)
	tell("database opens with the settings it must have", err)
	if err == nil {
		defer store.Close()
		tell("database answers", store.Ping(ctx))
		broken, err := store.Examine(ctx)
		tell(fmt.Sprintf("%d invariants can be checked", len(models.Invariants)), err)
		for _, b := range broken {
			tell(b.Name, fmt.Errorf("broken by %s; it must hold because %s", strings.Join(b.Rows, ", "), b.Why))
		}
		if err == nil && len(broken) == 0 {
			tell("and all of them hold", nil)
		}
	}
	if sick > 0 {
		return fmt.Errorf("%d of the above are not well", sick)
	}
	return nil
}

// private refuses what others on the machine may read. What is not there yet will be made right.
func private(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if open := info.Mode().Perm() & 0o077; open != 0 {
		return fmt.Errorf("mode %v lets others in; chmod go= %s", info.Mode().Perm(), path)
	}
	return nil
}
