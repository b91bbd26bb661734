// Package models is what is true: the entities, the one table of rules, and the only code
// that speaks to the database. Everything happens in a unit of work (Tx): one transaction,
// one instant, one actor.
package models

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	_ "modernc.org/sqlite" // registers the driver "sqlite"
)

//go:embed migrations
var migrations embed.FS

// Config says where the truth is kept. Exactly one of SQLite (a file's path) and Postgres
// (a connection string) is set.
type Config struct {
	SQLite   string
	Postgres string
	// Clock gives the instant of a unit of work. On PostgreSQL nil means the clock of the
	// database itself, so that several nodes agree about a deadline.
	Clock func() time.Time
	// Secret signs cursors.
	Secret []byte
}

// Store is the database. It is safe for concurrent use.
type Store struct {
	write, read *gorm.DB
	handles     []*sql.DB
	dialect     string
	clock       func() time.Time
	secret      []byte
	followers   *followers
	beside      *sync.Map
	demanding   bool
}

// Open connects and checks that the database is one we can keep our promises on: SQLite in
// WAL with synchronous=FULL and a version without the WAL-reset bug, or PostgreSQL 14 and
// newer. It does not migrate.
func Open(ctx context.Context, c Config) (*Store, error) {
	s := &Store{clock: c.Clock, secret: c.Secret, followers: &followers{}, beside: new(sync.Map)}
	if len(s.secret) == 0 {
		s.secret = []byte(RandomToken())
	}
	var err error
	switch {
	case c.SQLite != "" && c.Postgres != "":
		return nil, errors.New("open store: name either a SQLite file or a PostgreSQL connection, not both")
	case c.Postgres != "":
		err = s.openPostgres(ctx, c.Postgres)
	case c.SQLite != "":
		if s.clock == nil {
			return nil, errors.New("open store: SQLite has no clock of its own, pass one")
		}
		err = s.openSQLite(ctx, c.SQLite)
	default:
		return nil, errors.New("open store: name a SQLite file or a PostgreSQL connection")
	}
	if err != nil {
		_ = s.Close()
		return nil, fmt.Errorf("open store: %w", err)
	}
	return s, nil
}

// minSQLite is the first release without the WAL-reset bug (corruption when two
// connections write and checkpoint at the same instant).
const minSQLite = 3_051_003

func (s *Store) openSQLite(ctx context.Context, path string) error {
	s.dialect = "sqlite"
	// Immediate transactions take the write lock at BEGIN: a deadline check can never be
	// older than the lock. synchronous=FULL survives power loss; NORMAL in WAL does not.
	file := "file:" + (&url.URL{Path: path}).EscapedPath() // a path may hold # or ?
	dsn := file + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=foreign_keys(1)&_txlock=immediate&_time_format=sqlite&_timezone=UTC&_texttotime=1&_dqs=0"
	writer, err := sql.Open("sqlite", dsn)
	if err != nil {
		return err
	}
	writer.SetMaxOpenConns(1)
	reader, err := sql.Open("sqlite", file+"?_pragma=busy_timeout(10000)&_pragma=query_only(1)&_pragma=foreign_keys(1)"+
		"&_pragma=synchronous(FULL)&_time_format=sqlite&_timezone=UTC&_texttotime=1&_dqs=0")
	if err != nil {
		return err
	}
	reader.SetMaxOpenConns(4)
	s.handles = []*sql.DB{writer, reader}
	var sync int
	var text, journal string
	if err := writer.QueryRowContext(ctx, "select sqlite_version()").Scan(&text); err != nil {
		return err
	}
	if err := fitSQLite(text); err != nil {
		return err
	}
	if err := writer.QueryRowContext(ctx, "pragma journal_mode").Scan(&journal); err != nil {
		return err
	}
	if err := writer.QueryRowContext(ctx, "pragma synchronous").Scan(&sync); err != nil {
		return err
	}
	if journal != "wal" || sync != 2 {
		return fmt.Errorf("SQLite runs with journal %s and synchronous %d; WAL and 2 (FULL) are needed", journal, sync)
	}
	open := func(conn *sql.DB) (*gorm.DB, error) {
		return gorm.Open(sqlite.New(sqlite.Config{DriverName: "sqlite", Conn: conn}), gormConfig())
	}
	if s.write, err = open(writer); err != nil {
		return err
	}
	s.read, err = open(reader)
	return err
}

// fitSQLite refuses versions that cannot keep our promises.
func fitSQLite(version string) error {
	var a, b, c int
	if _, err := fmt.Sscanf(version, "%d.%d.%d", &a, &b, &c); err != nil {
		return fmt.Errorf("read SQLite version %q: %w", version, err)
	}
	if a*1_000_000+b*1_000+c < minSQLite {
		return fmt.Errorf("SQLite %s can corrupt a WAL database; 3.51.3 or newer is needed", version)
	}
	return nil
}

func (s *Store) openPostgres(ctx context.Context, dsn string) error {
	s.dialect = "postgres"
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		return errors.New("the PostgreSQL connection string cannot be read") // never echo it: it holds a password
	}
	for name, value := range map[string]string{
		"synchronous_commit": "on", "statement_timeout": "10s", "lock_timeout": "5s", "timezone": "UTC",
		"idle_in_transaction_session_timeout": "30s",
	} {
		if _, set := cfg.RuntimeParams[name]; !set {
			cfg.RuntimeParams[name] = value
		}
	}
	conn := stdlib.OpenDB(*cfg, stdlib.OptionAfterConnect(func(_ context.Context, c *pgx.Conn) error {
		c.TypeMap().RegisterType(&pgtype.Type{Name: "timestamptz", OID: pgtype.TimestamptzOID,
			Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC}})
		return nil
	}))
	conn.SetMaxOpenConns(20)
	conn.SetMaxIdleConns(10)
	s.handles = []*sql.DB{conn}
	var version int
	if err := conn.QueryRowContext(ctx, "select current_setting('server_version_num')::int").Scan(&version); err != nil {
		return err
	}
	if version < 140_000 {
		return fmt.Errorf("PostgreSQL %d is too old; 14 or newer is needed", version/10_000)
	}
	if s.write, err = gorm.Open(postgres.New(postgres.Config{Conn: conn}), gormConfig()); err != nil {
		return err
	}
	s.read = s.write
	return nil
}

func gormConfig() *gorm.Config {
	return &gorm.Config{
		SkipDefaultTransaction: true,
		Logger:                 logger.Discard, // errors are logged once, at the door, without values
		// A row's time comes from its unit of work; what gorm would set by itself shows as year 1.
		NowFunc: func() time.Time { return time.Time{} },
	}
}

// Migrate brings the schema forward. It is safe to call from several processes at once on
// PostgreSQL and does nothing when the schema is current.
func (s *Store) Migrate(ctx context.Context) error {
	dir, err := fs.Sub(migrations, "migrations/"+s.dialect)
	if err != nil {
		return err
	}
	dialect, options := goose.DialectSQLite3, []goose.ProviderOption{goose.WithSlog(slog.New(slog.DiscardHandler))}
	if s.dialect == "postgres" {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	p, err := goose.NewProvider(dialect, s.handles[0], dir, options...)
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// Dialect is "sqlite" or "postgres".
func (s *Store) Dialect() string { return s.dialect }

// Ping answers whether the database can be written to right now, for readiness.
func (s *Store) Ping(ctx context.Context) error {
	return s.handles[0].PingContext(ctx)
}

// Close releases the connections.
func (s *Store) Close() error {
	var all []error
	for _, h := range s.handles {
		all = append(all, h.Close())
	}
	return errors.Join(all...)
}

// At returns the same store with another clock: demo data and tests live their weeks in seconds.
func (s *Store) At(clock func() time.Time) *Store {
	moved := *s
	moved.clock = clock
	return &moved
}

// Demanding returns the same store for a platform in earnest: an office counts only in a
// session that has shown a second factor.
func (s *Store) Demanding() *Store {
	earnest := *s
	earnest.demanding = true
	return &earnest
}

// Tx is one unit of work: one transaction, one instant, one actor. It is the only way to
// the database and must not outlive the function it was given to.
type Tx struct {
	// Now is the one instant of this unit of work, in UTC with microseconds. Taking a row
	// lock moves it to the moment the lock is held, so that waiting for another writer
	// cannot carry a bid over its deadline; the first event fixes it.
	Now   time.Time
	Actor Actor

	ctx     context.Context
	address string
	db      *gorm.DB
	store   *Store
	writes  bool
	held    bool // the instant is fixed: an event is written
	expect  int64
	matched bool
	queued  bool    // an event waits for a follower
	batches []Batch // whose list each is; see lists
}

// Who asks for a unit of work. The zero value is a visitor.
type Who struct {
	User    UserID
	Session SessionID
	// System is the platform itself: clock doors and followers.
	System bool
	// Address is where the call comes from, for sessions and for bounding guesses; it may be empty.
	Address string
	// Expect is the version the caller last saw (If-Match); 0 means he did not say.
	Expect int64
}

// System is the platform acting by itself.
var System = Who{System: true}

// ErrBusy means that nothing was done because the database could not be reached in time;
// the same call may succeed later.
var ErrBusy = errors.New("the database is busy")

// Read runs fn on one consistent snapshot. Nothing can be written.
func (s *Store) Read(ctx context.Context, who Who, fn func(*Tx) error) error {
	opts := &sql.TxOptions{ReadOnly: true}
	if s.dialect == "postgres" {
		opts.Isolation = sql.LevelRepeatableRead
	}
	return s.run(ctx, s.read, opts, who, false, fn)
}

// Write runs fn in one transaction: all of it happens or none. fn may be run again when two
// units of work collide on PostgreSQL, so it must do nothing but speak to tx.
func (s *Store) Write(ctx context.Context, who Who, fn func(*Tx) error) error {
	var err error
	var queued bool
	for range 5 {
		err = s.run(ctx, s.write, &sql.TxOptions{}, who, true, func(tx *Tx) error {
			err := fn(tx)
			queued = tx.queued
			return err
		})
		if !collided(err) {
			break
		}
	}
	if err == nil && queued {
		s.followers.wake()
	}
	return err
}

func (s *Store) run(ctx context.Context, db *gorm.DB, opts *sql.TxOptions, who Who, writes bool, fn func(*Tx) error) error {
	err := db.WithContext(ctx).Transaction(func(g *gorm.DB) error {
		tx := &Tx{ctx: ctx, address: who.Address, db: g, store: s, writes: writes, expect: who.Expect}
		if err := tx.readClock(); err != nil {
			return err
		}
		if err := tx.loadActor(who); err != nil {
			return err
		}
		return fn(tx)
	}, opts)
	return translate(err)
}

// readClock takes the instant from the store's clock, or from the database where it has one.
func (tx *Tx) readClock() error {
	if tx.store.clock != nil {
		tx.Now = tx.store.clock().UTC().Truncate(time.Microsecond)
		return nil
	}
	var now time.Time
	if err := tx.db.Raw("select clock_timestamp()").Scan(&now).Error; err != nil {
		return fmt.Errorf("read the database clock: %w", err)
	}
	tx.Now = now.UTC().Truncate(time.Microsecond)
	return nil
}

// hold moves the instant of a writing unit of work to the moment its newest row lock is
// held, until its first event is written: from then on it stays.
func (tx *Tx) hold() error {
	if !tx.writes || tx.held {
		return nil
	}
	return tx.readClock()
}

// Context is the context of the request or job, for long computations inside a unit of work.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Writes reports whether this unit of work may write.
func (tx *Tx) Writes() bool { return tx.writes }

// followers is who wants to hear of which action after commit; see event.go.
type followers struct {
	mu      sync.RWMutex
	byName  map[string]Follower
	actions map[Action][]string
	bell    chan struct{}
}
