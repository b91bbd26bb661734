package models

import (
	"fmt"
	"slices"
)

// TextVectors reads the vectors that an embedding service gave for texts, by the digests of
// the texts; those it was never asked for are missing.
func (tx *Tx) TextVectors(embedding string, digests []string) (map[string][]byte, error) {
	found := map[string][]byte{}
	for some := range slices.Chunk(digests, 500) {
		var rows []struct {
			Digest string
			Vector []byte
		}
		if err := tx.db.Raw("select digest, vector from text_vectors where embedding = ? and digest in ?", embedding, some).Scan(&rows).Error; err != nil {
			return nil, fmt.Errorf("read vectors of texts: %w", err)
		}
		for _, r := range rows {
			found[r.Digest] = r.Vector
		}
	}
	return found, nil
}

// KeepTextVector keeps the vector of a text. The first that came stays, so that what was
// ranked by it is ranked alike again.
func (tx *Tx) KeepTextVector(embedding, digest string, vector []byte) error {
	err := tx.db.Exec("insert into text_vectors (embedding, digest, vector) values (?, ?, ?) on conflict (embedding, digest) do nothing", embedding, digest, vector).Error
	if err != nil {
		return fmt.Errorf("keep the vector of a text: %w", err)
	}
	return nil
}

// TeamsToEmbed lists active teams whose texts were not asked for as they are now, or not
// under this key.
func (tx *Tx) TeamsToEmbed(key string, limit int) ([]Team, error) {
	list := []Team{}
	return list, tx.db.Raw(`select t.* from teams t left join embedded_things e on e.kind = 'team' and e.thing = t.id
		where t.state = ? and (e.thing is null or e.version <> t.version or e.key <> ?) order by t.id limit ?`, TeamActive, key, limit).Scan(&list).Error
}

// ChallengesToEmbed lists public challenges likewise: the text of a draft leaves for nowhere.
func (tx *Tx) ChallengesToEmbed(key string, limit int) ([]Challenge, error) {
	list := []Challenge{}
	return list, tx.db.Raw(`select c.* from challenges c left join embedded_things e on e.kind = 'challenge' and e.thing = c.id
		where c.state in ? and (e.thing is null or e.version <> c.version or e.key <> ?) order by c.id limit ?`, PublicStates(), key, limit).Scan(&list).Error
}

// Embedded notes that the texts of a thing have their vectors.
func (tx *Tx) Embedded(kind Kind, thing string, version int64, key string) error {
	err := tx.db.Exec(`insert into embedded_things (kind, thing, version, key) values (?, ?, ?, ?)
		on conflict (kind, thing) do update set version = excluded.version, key = excluded.key`, kind, thing, version, key).Error
	if err != nil {
		return fmt.Errorf("note that %s %s is embedded: %w", kind, thing, err)
	}
	return nil
}
