package models

// Wreck runs a statement past everything, to see what the database itself refuses.
func (tx *Tx) Wreck(sql string, args ...any) error { return tx.db.Exec(sql, args...).Error }
