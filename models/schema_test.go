package models

// This test stands inside the package because it asks the database past the unit of work.

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSchemaGolden(t *testing.T) {
	for _, dialect := range []string{"sqlite", "postgres"} {
		t.Run(dialect, func(t *testing.T) {
			golden(t, "testdata/schema."+dialect+".golden", schema(t, walkStore(t, dialect)))
		})
	}
}

// schema prints what the migrations made, in an order that does not depend on when.
func schema(t *testing.T, s *Store) string {
	t.Helper()
	queries := []string{
		`select name || ': ' || sql from sqlite_master where sql is not null and name not like 'sqlite_%' and name not like 'goose_%' and name not like '%#_search#_%' escape '#'`}
	if s.dialect == "postgres" {
		queries = []string{
			`select table_name || '.' || column_name || ': ' || data_type || case is_nullable when 'NO' then ' not null' else '' end || coalesce(' default ' || column_default, '')
				from information_schema.columns where table_schema = 'public' and table_name not like 'goose_%'`,
			`select 'index ' || indexdef from pg_indexes where schemaname = 'public' and tablename not like 'goose_%'`,
			`select 'constraint ' || conrelid::regclass || ': ' || pg_get_constraintdef(oid) from pg_constraint
				where connamespace = 'public'::regnamespace and contype in ('c', 'f') and conrelid::regclass::text not like 'goose_%'`,
			`select 'trigger ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal`,
		}
	}
	lines := []string{}
	for _, q := range queries {
		var rows []string
		if err := s.read.Raw(q).Scan(&rows).Error; err != nil {
			t.Fatal(err)
		}
		slices.Sort(rows)
		lines = append(lines, rows...)
	}
	return strings.Join(lines, "\n") + "\n"
}

// TestBothSchemasAreOne asks that every table has the same columns with the same meaning on
// both databases; only the search index may differ.
func TestBothSchemasAreOne(t *testing.T) {
	kinds := map[string]string{"bigint": "integer", "bytea": "blob", "double precision": "real", "timestamp with time zone": "datetime"}
	columns := func(dialect string) map[string]string {
		s := walkStore(t, dialect)
		found := map[string]string{}
		var rows []struct{ T, C, K string }
		q := `select m.name as t, p.name as c, lower(p.type) as k from sqlite_master m, pragma_table_info(m.name) p
			where m.type = 'table' and m.name not like 'sqlite_%' and m.name not like 'goose_%' and m.name not like '%#_search%' escape '#'`
		if dialect == "postgres" {
			q = `select table_name as t, column_name as c, data_type as k from information_schema.columns
				where table_schema = 'public' and table_name not like 'goose_%' and table_name not like '%#_search' escape '#'`
		}
		if err := s.read.Raw(q).Scan(&rows).Error; err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if k := kinds[r.K]; k != "" {
				r.K = k
			}
			found[r.T+"."+r.C] = r.K
		}
		return found
	}
	if diff := cmp.Diff(columns("sqlite"), columns("postgres")); diff != "" {
		t.Errorf("sqlite and postgres differ:\n%s", diff)
	}
}

// TestMigrateTwice asks that migrating a current schema changes nothing.
func TestMigrateTwice(t *testing.T) {
	for _, dialect := range []string{"sqlite", "postgres"} {
		t.Run(dialect, func(t *testing.T) {
			s := walkStore(t, dialect)
			before := schema(t, s)
			if err := s.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(before, schema(t, s)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestDurableOnEveryConnection asks a fresh connection of each pool what it promises.
func TestDurableOnEveryConnection(t *testing.T) {
	s := walkStore(t, "sqlite")
	for range 3 { // readers; the pool hands out several
		c, err := s.handles[1].Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = c.Close() }()
		for pragma, want := range map[string]string{"journal_mode": "wal", "query_only": "1"} {
			var got string
			if err := c.QueryRowContext(t.Context(), "pragma "+pragma).Scan(&got); err != nil {
				t.Fatal(err)
			}
			if got != want {
				t.Errorf("a reader's %s is %s, want %s", pragma, got, want)
			}
		}
	}
	var got [3]string
	for i, pragma := range []string{"journal_mode", "synchronous", "foreign_keys"} {
		if err := s.handles[0].QueryRow("pragma " + pragma).Scan(&got[i]); err != nil {
			t.Fatal(err)
		}
	}
	if fmt.Sprint(got) != "[wal 2 1]" {
		t.Errorf("the writer runs with %v, want WAL, FULL and foreign keys", got)
	}
}

func TestOldSQLiteIsRefused(t *testing.T) {
	for _, c := range []struct {
		text string
		ok   bool
	}{{"3.51.2", false}, {"3.41.2", false}, {"3.51.3", true}, {"3.54.1", true}, {"4.0.0", true}, {"nonsense", false}} {
		if err := fitSQLite(c.text); (err == nil) != c.ok {
			t.Errorf("SQLite %s: %v", c.text, err)
		}
	}
}

func TestOpenNeedsOneDatabase(t *testing.T) {
	for _, c := range []Config{{}, {SQLite: "x", Postgres: "y"}, {SQLite: t.TempDir() + "/x.db"}} {
		if s, err := Open(t.Context(), c); err == nil {
			_ = s.Close()
			t.Errorf("opened %+v", c)
		}
	}
	if _, err := Open(t.Context(), Config{Postgres: "postgres://u:secret@[", Clock: time.Now}); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("the error is %v: want one without the password", err)
	}
}
