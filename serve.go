package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"jiebang/api"
	"jiebang/api/question"
	"jiebang/demo"
	"jiebang/frontend"
	"jiebang/internal/blob"
	"jiebang/internal/embedding"
	"jiebang/internal/jobs"
	"jiebang/internal/oidc"
	"jiebang/models"
)

// serve runs the platform until it is told to stop.
func serve(ctx context.Context, c Config, s streams) error {
	ctx, notice, stop := untilSignal(ctx)
	defer stop()
	log := s.log

	store, err := openStore(ctx, c)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Migrate(ctx); err != nil {
		return err
	}
	documents, err := blob.NewDisk(filepath.Join(c.Data, "documents"))
	if err != nil {
		return err
	}
	defer documents.Close()
	server, err := newAPI(ctx, c, store, documents, log)
	if err != nil {
		return err
	}
	l, err := listen(ctx, c.Addr)
	if err != nil {
		return err
	}
	if c.DatabaseURL != "" && c.Secret == "" && c.SecretFile == "" {
		log.Warn("the secret is in the data folder of this node alone; several nodes need the same JIEBANG_SECRET")
	}
	fmt.Fprintf(s.out, "jiebang listens on http://%s\n", l.Addr())
	if _, err := fs.Stat(frontend.Pages(), "index.html"); err != nil {
		fmt.Fprintln(s.out, "the pages are not built; `make run` builds them where Node.js is installed, and so does the Dockerfile")
	}
	return house{handler: server.Handler(), ready: server.Ready, loop: loop(server, store, documents, log)}.live(ctx, l, log, notice)
}

func newAPI(ctx context.Context, c Config, store *models.Store, documents blob.Store, log *slog.Logger) (*api.Server, error) {
	secret, err := c.secret()
	if err != nil {
		return nil, err
	}
	clock := new(demoClock)
	if c.Demo {
		store = store.At(clock.Now)
	}
	to := api.Config{
		Store:   store,
		Secret:  secret,
		Blob:    documents,
		Pages:   frontend.Pages(),
		Log:     log,
		Clock:   clock.Now,
		Version: versionText(),
		Secure:  strings.HasPrefix(c.PublicURL, "https://"),
		Wall:    time.Now,
		Pool:    pool(c),
	}
	if c.SMTPHost != "" {
		to.Mail = c.mailServer()
	}
	if to.PublicURL, err = c.publicURL(); err != nil {
		return nil, err
	}
	if c.OIDCIssuer != "" {
		to.OIDC = oidc.New(oidc.Settings{Issuer: c.OIDCIssuer, ClientID: c.OIDCClientID, ClientSecret: c.OIDCClientSecret, Name: c.OIDCName,
			Redirect: strings.TrimSuffix(to.PublicURL, "/") + "/sign-in/oidc"})
	}
	for _, p := range c.TrustedProxies {
		to.TrustedProxies = append(to.TrustedProxies, p.String())
	}
	if c.Demo { // the accounts and their password are on every page, so this is never for production
		to.Demo = new(api.Demo)
	}
	server, err := api.New(to)
	if err == nil && c.Demo { // after the doors are hung, so that the demo's past reaches its followers
		err = furnish(ctx, store, documents, clock, to.Demo)
	}
	return server, err
}

// pool keeps the index of teams in the data folder, so that a start need not make it anew.
func pool(c Config) question.PoolSettings {
	settings, file := question.DefaultPool, filepath.Join(c.Data, "match.index")
	settings.Memory = c.MatchMemory
	if m, err := embedding.New(c.EmbeddingURL, c.EmbeddingModel, c.EmbeddingKey); err == nil && m != nil { // an error is refused with the settings
		settings.Embedding = &question.Embedding{Name: m.Name, Embed: m.Embed}
	}
	settings.Open = func() (io.ReadCloser, error) { return os.Open(file) }
	settings.Save = func(write func(io.Writer) error) error {
		f, err := os.CreateTemp(c.Data, "match.index-*")
		if err != nil {
			return err
		}
		defer os.Remove(f.Name()) // nothing is left of it once it has its name
		if err := errors.Join(write(f), f.Close()); err != nil {
			return err
		}
		return os.Rename(f.Name(), file)
	}
	return settings
}

// leftAlone is how long a temporary file may go unwritten before it is taken for what a dead process left.
const leftAlone = 24 * time.Hour

// loop is what runs beside the requests: the clock doors, the events on their way to followers, and a broom.
func loop(server *api.Server, store *models.Store, documents *blob.Disk, log *slog.Logger) jobs.Loop {
	sweep := jobs.Job{Name: "sweep documents", Every: time.Hour, Run: func(context.Context) error {
		n, err := documents.Sweep(time.Now().Add(-leftAlone))
		if n > 0 {
			log.Info("removed what uploads left behind", "files", n)
		}
		return err
	}}
	return jobs.Loop{
		Jobs:   append(server.Jobs(), sweep),
		Drains: []jobs.Drain{{Name: "deliver events", Run: server.Deliver, Wake: store.Bell()}},
		Log:    log,
	}
}

// describe prints the OpenAPI document. It needs no database: doors can be described without opening one.
func describe(_ context.Context, _ Config, s streams) error {
	server, err := api.New(api.Config{Secret: make([]byte, shortestSecret), Blob: new(blob.Memory), Clock: time.Now})
	if err != nil {
		return err
	}
	text, err := server.Indented()
	if err != nil {
		return err
	}
	_, err = s.out.Write(text)
	return err
}

// seed loads the demo data into an empty database.
func seed(ctx context.Context, c Config, s streams) error {
	store, err := openStore(ctx, c)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Migrate(ctx); err != nil {
		return err
	}
	documents, err := blob.NewDisk(filepath.Join(c.Data, "documents"))
	if err != nil {
		return err
	}
	defer documents.Close()
	c.Demo = true
	if _, err := newAPI(ctx, c, store, documents, s.log); err != nil {
		return err
	}
	fmt.Fprintln(s.out, "demo data is loaded")
	return nil
}

// furnish plants the demo data in an empty database; in any other it only says whom one could
// sign in as. A reset empties the database and plants again; everybody must sign in anew.
func furnish(ctx context.Context, store *models.Store, documents blob.Store, clock *demoClock, d *api.Demo) error {
	d.Advance = clock.advance
	plant := func(ctx context.Context) error {
		accounts, err := demo.Plant(ctx, store, documents, time.Now())
		if err != nil {
			return fmt.Errorf("demo data: %w", err)
		}
		if d.Accounts == nil { // the same people each time; requests may be reading the list
			d.Accounts = accounts
		}
		return nil
	}
	d.Reset = func(ctx context.Context) error {
		if err := store.Empty(ctx); err != nil {
			return err
		}
		clock.ahead.Store(0)
		return plant(context.WithoutCancel(ctx)) // the caller may go; half a demo helps nobody
	}
	if err := plant(ctx); err != nil {
		return err
	}
	// A clock that was moved stays moved over a restart: what has happened lies in the past.
	return store.Read(ctx, models.System, func(tx *models.Tx) error {
		newest, err := tx.NewestEvent()
		clock.ahead.Store(max(0, int64(newest.Sub(time.Now()))))
		return err
	})
}

// demoClock is the wall clock, ahead of itself by as much as people of the demo have moved
// it. Outside demo mode nobody can.
type demoClock struct{ ahead atomic.Int64 }

func (c *demoClock) Now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

func (c *demoClock) advance(d time.Duration) { c.ahead.Add(int64(d)) }
