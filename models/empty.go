package models

import (
	"context"
	"fmt"
)

// Empty removes every row of every table in one transaction, the trail included. It exists
// for demo mode, which must be able to begin again; nothing else may call it.
func (s *Store) Empty(ctx context.Context) error {
	return s.Write(ctx, System, func(tx *Tx) error {
		if s.dialect == "postgres" {
			var tables []string
			if err := tx.db.Raw(`select quote_ident(tablename) from pg_tables where schemaname = 'public' and tablename not like 'goose_%'`).Scan(&tables).Error; err != nil {
				return err
			}
			for _, t := range tables { // truncate does not ask the row triggers that keep the trail
				if err := tx.db.Exec("truncate " + t + " cascade").Error; err != nil {
					return fmt.Errorf("empty %s: %w", t, err)
				}
			}
			return nil
		}
		var tables []string
		if err := tx.db.Raw(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'goose_%'
			and name not like '%#_search#_%' escape '#'`).Scan(&tables).Error; err != nil {
			return err
		}
		// The triggers that keep the trail are taken down and put back within the transaction.
		var triggers []struct{ Name, SQL string }
		if err := tx.db.Raw(`select name, sql from sqlite_master where type = 'trigger'`).Scan(&triggers).Error; err != nil {
			return err
		}
		if err := tx.db.Exec("pragma defer_foreign_keys = on").Error; err != nil {
			return err
		}
		for _, t := range triggers {
			if err := tx.db.Exec("drop trigger " + t.Name).Error; err != nil {
				return err
			}
		}
		for _, t := range tables {
			if err := tx.db.Exec("delete from " + t).Error; err != nil {
				return fmt.Errorf("empty %s: %w", t, err)
			}
		}
		for _, t := range triggers {
			if err := tx.db.Exec(t.SQL).Error; err != nil {
				return err
			}
		}
		return nil
	})
}
