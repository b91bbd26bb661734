// Package dbtest is the test room for both databases: it runs a test on a fresh SQLite file and on a fresh PostgreSQL database.
//
// Migrations run once: a migrated SQLite file is kept in memory and copied, a migrated PostgreSQL database is kept as a template.
// The PostgreSQL server is named by TEST_POSTGRES_DSN. Without it that half is skipped with a reason, or fails where
// REQUIRE_POSTGRES=1 says that nothing may be skipped.
package dbtest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver "pgx"

	"jiebang/models"
)

// Secret is the secret of every store of the tests.
const Secret = "a secret for tests, and only them"

// Each runs fn twice, as the sub-tests "sqlite" and "postgres", each time with a migrated and empty store of its own. The store's
// clock is the wall clock; store.At gives it another.
func Each(t *testing.T, fn func(t *testing.T, s *models.Store)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { fn(t, Postgres(t)) })
}

// SQLite opens a fresh store on a file of its own.
func SQLite(t testing.TB) *models.Store {
	t.Helper()
	s, _ := SQLiteFile(t)
	return s
}

// SQLiteFile is SQLite with the file's path, for a test whose other processes open it too.
func SQLiteFile(t testing.TB) (*models.Store, string) {
	t.Helper()
	file, err := migratedFile()
	if err != nil {
		t.Fatal(err)
	}
	// Not t.TempDir: its name holds that of the test, where a # or % would mean something in SQLite's address of the file.
	dir, err := os.MkdirTemp("", "dbtest-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	path := filepath.Join(dir, "test.db")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, models.Config{SQLite: path}), path
}

// Postgres opens a fresh store on a database that is dropped at the end of the test.
func Postgres(t testing.TB) *models.Store {
	t.Helper()
	s, _ := PostgresDatabase(t)
	return s
}

// PostgresDatabase is Postgres with the way to connect, for a test whose other processes do so too.
func PostgresDatabase(t testing.TB) (*models.Store, string) {
	t.Helper()
	dsn := PostgresDSN(t)
	template, err := migratedTemplate(dsn)
	if err != nil {
		t.Fatal(err)
	}
	fresh := create(t, dsn, template)
	return open(t, models.Config{Postgres: fresh}), fresh
}

// PostgresDSN names the server that holds the tests' databases. It skips the test where there is none, or fails it where
// REQUIRE_POSTGRES is set.
func PostgresDSN(t testing.TB) string {
	t.Helper()
	dsn := os.Getenv("TEST_POSTGRES_DSN")
	if dsn == "" {
		const why = "TEST_POSTGRES_DSN is not set: `go run ./internal/testpg -- go test ./...` starts a server and sets it"
		if os.Getenv("REQUIRE_POSTGRES") != "" {
			t.Fatal(why)
		}
		t.Skip(why)
	}
	return dsn
}

// EmptyPostgres makes a database without any table, for tests of the migrations themselves, and returns how to connect to it.
func EmptyPostgres(t testing.TB) string {
	t.Helper()
	return create(t, PostgresDSN(t), "template0")
}

func open(t testing.TB, c models.Config) *models.Store {
	t.Helper()
	c.Clock = time.Now
	c.Secret = []byte(Secret)
	s, err := models.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, yes := wrecked.Load(t.Name()); !yes && !t.Failed() {
			examine(t, s)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// wrecked holds the names of tests that broke their database on purpose.
var wrecked sync.Map

// Wrecked says that this test breaks its database on purpose. Every other test ends with all invariants of its store checked.
func Wrecked(t testing.TB) { wrecked.Store(t.Name(), true) }

// examine holds the database a test leaves behind to what must hold of the whole of it.
func examine(t testing.TB, s *models.Store) {
	t.Helper()
	if _, ok := t.(*testing.B); ok {
		return // a benchmark measures its own work
	}
	broken, err := s.Examine(context.Background())
	if err != nil {
		t.Errorf("dbtest: examine the store: %v", err)
	}
	for _, b := range broken {
		t.Errorf("the test leaves a broken database: %s, because %s; broken by %v", b.Name, b.Why, b.Rows)
	}
}

// migratedFile is a migrated SQLite database as bytes. Closing checkpoints the WAL, so that the file alone is the whole.
var migratedFile = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "dbtest-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "template.db")
	if err := migrate(context.Background(), models.Config{SQLite: path}); err != nil {
		return nil, err
	}
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
		return nil, errors.New("dbtest: the WAL is not empty after closing, so the file cannot be copied")
	}
	return os.ReadFile(path)
})

var template struct {
	sync.Mutex
	name string
}

// migratedTemplate makes sure that the server has a database with all migrations. Its name carries a hash of the migrations, so all
// test processes share it and a changed migration makes a new one.
func migratedTemplate(dsn string) (string, error) {
	template.Lock()
	defer template.Unlock()
	if template.name != "" {
		return template.name, nil
	}
	sum, err := hashOfMigrations()
	if err != nil {
		return "", err
	}
	name := "jiebang_template_" + sum
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		return "", fmt.Errorf("dbtest: %w", err)
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return "", fmt.Errorf("dbtest: connect to TEST_POSTGRES_DSN: %w", err)
	}
	defer conn.Close() // and with it the lock
	if _, err := conn.ExecContext(ctx, "select pg_advisory_lock(hashtext('jiebang dbtest template'))"); err != nil {
		return "", fmt.Errorf("dbtest: %w", err)
	}
	var there bool
	if err := conn.QueryRowContext(ctx, "select exists(select 1 from pg_database where datname = $1)", name).Scan(&there); err != nil {
		return "", fmt.Errorf("dbtest: %w", err)
	}
	if !there {
		// Under another name first: a process that dies in the middle must not leave a half-migrated template.
		for _, q := range []string{"drop database if exists " + name + "_new with (force)", "create database " + name + "_new template template0"} {
			if _, err := conn.ExecContext(ctx, q); err != nil {
				return "", fmt.Errorf("dbtest: %s: %w", q, err)
			}
		}
		if err := migrate(ctx, models.Config{Postgres: database(dsn, name+"_new")}); err != nil {
			return "", err
		}
		if _, err := conn.ExecContext(ctx, "alter database "+name+"_new rename to "+name); err != nil {
			return "", fmt.Errorf("dbtest: name the template: %w", err)
		}
	}
	template.name = name
	return name, nil
}

func migrate(ctx context.Context, c models.Config) error {
	c.Clock = time.Now
	s, err := models.Open(ctx, c)
	if err != nil {
		return fmt.Errorf("dbtest: %w", err)
	}
	err = s.Migrate(ctx)
	if err := errors.Join(err, s.Close()); err != nil {
		return fmt.Errorf("dbtest: %w", err)
	}
	return nil
}

// create makes a database from the template and drops it, with whoever is still connected, when the test ends.
func create(t testing.TB, dsn, template string) string {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	name := "jiebang_test_" + strings.ToLower(rand.Text()[:16])
	if _, err := db.ExecContext(t.Context(), "create database "+name+" template "+template); err != nil {
		t.Fatalf("dbtest: create database from %s: %v", template, err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		db, err := sql.Open("pgx", dsn)
		if err != nil {
			t.Error(err)
			return
		}
		defer db.Close()
		if _, err := db.ExecContext(ctx, "drop database if exists "+name+" with (force)"); err != nil {
			t.Errorf("dbtest: drop database: %v", err)
		}
	})
	return database(dsn, name)
}

// database is the same server with another database.
func database(dsn, name string) string {
	if u, err := url.Parse(dsn); err == nil && u.Scheme != "" {
		u.Path = "/" + name
		return u.String()
	}
	return dsn + " dbname=" + name // keywords and values: the last one wins
}

func hashOfMigrations() (string, error) {
	root, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for { // a test runs in the folder of its package
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		if parent := filepath.Dir(root); parent != root {
			root = parent
			continue
		}
		return "", errors.New("dbtest: no go.mod above the working folder")
	}
	files, err := filepath.Glob(filepath.Join(root, "models", "migrations", "postgres", "*.sql"))
	if err != nil || len(files) == 0 {
		return "", errors.New("dbtest: no migrations in models/migrations/postgres")
	}
	h := sha256.New()
	for _, f := range files { // Glob sorts
		b, err := os.ReadFile(f)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%s %d\n", filepath.Base(f), len(b))
		h.Write(b)
	}
	return hex.EncodeToString(h.Sum(nil))[:16], nil
}

// EachTwins runs fn on each database with two stores that begin with the same rows: those that
// prepare leaves in one of them. What differs between the two afterwards, fn did.
func EachTwins(t *testing.T, prepare func(t *testing.T, s *models.Store), fn func(t *testing.T, one, two *models.Store)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		file, err := migratedFile()
		if err != nil {
			t.Fatal(err)
		}
		dir, err := os.MkdirTemp("", "dbtest-")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := os.RemoveAll(dir); err != nil {
				t.Error(err)
			}
		})
		path := func(name string) string { return filepath.Join(dir, name+".db") }
		if err := os.WriteFile(path("prepared"), file, 0o600); err != nil {
			t.Fatal(err)
		}
		prepared(t, models.Config{SQLite: path("prepared")}, prepare)
		if file, err = os.ReadFile(path("prepared")); err != nil { // closing has checkpointed the WAL
			t.Fatal(err)
		}
		var twins [2]*models.Store
		for i, name := range []string{"one", "two"} {
			if err := os.WriteFile(path(name), file, 0o600); err != nil {
				t.Fatal(err)
			}
			twins[i] = open(t, models.Config{SQLite: path(name)})
		}
		fn(t, twins[0], twins[1])
	})
	t.Run("postgres", func(t *testing.T) {
		dsn := PostgresDSN(t)
		template, err := migratedTemplate(dsn)
		if err != nil {
			t.Fatal(err)
		}
		base := create(t, dsn, template)
		prepared(t, models.Config{Postgres: base}, prepare)
		u, err := url.Parse(base)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(u.Path, "/")
		fn(t, open(t, models.Config{Postgres: create(t, dsn, name)}), open(t, models.Config{Postgres: create(t, dsn, name)}))
	})
}

// prepared fills a database and lets go of it.
func prepared(t *testing.T, c models.Config, prepare func(t *testing.T, s *models.Store)) {
	t.Helper()
	c.Clock, c.Secret = time.Now, []byte(Secret)
	s, err := models.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	prepare(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
