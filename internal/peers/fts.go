package main

import (
	"database/sql"
	"strings"

	_ "modernc.org/sqlite"

	"jiebang/matching/index"
	"jiebang/matching/index/world"
)

// fts is SQLite's full text search, ranked by its bm25.
type fts struct {
	file string
	db   *sql.DB
	ask  *sql.Stmt
}

func (f *fts) name() string { return "SQLite FTS5" }

func (f *fts) build(w *world.World, n int) error {
	var err error
	if f.db, err = sql.Open("sqlite", f.file+"?_pragma=journal_mode(off)&_pragma=synchronous(off)&_pragma=cache_size(-200000)&_pragma=mmap_size(4294967296)"); err != nil {
		return err
	}
	f.db.SetMaxOpenConns(1)
	if _, err := f.db.Exec(`CREATE VIRTUAL TABLE profile USING fts5(terms, key UNINDEXED)`); err != nil {
		return err
	}
	tx, err := f.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	put, err := tx.Prepare(`INSERT INTO profile (terms, key) VALUES (?, ?)`)
	if err != nil {
		return err
	}
	for i := range n {
		if _, err := put.Exec(strings.Join(tokens(w.Profile(i)), " "), world.Key(i)); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	if _, err := f.db.Exec(`INSERT INTO profile (profile) VALUES ('optimize')`); err != nil {
		return err
	}
	f.ask, err = f.db.Prepare(`SELECT key FROM profile WHERE profile MATCH ? ORDER BY rank LIMIT 10`)
	return err
}

func (f *fts) top(query []index.Weight) ([]string, error) {
	rows, err := f.ask.Query(strings.Join(tokens(query), " OR "))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var keys []string
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, rows.Err()
}

func (f *fts) close() error { return f.db.Close() }
