package models

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// MatchModel is what the match score has learned from the pool, kept whole: every process
// ranks by the newest, and a score that was shown can be computed again by its version.
type MatchModel struct {
	ID      string    `gorm:"column:id;primaryKey"`
	Version string    `gorm:"column:version"`
	Texts   int64     `gorm:"column:texts"` // evidence texts it was trained on
	Trained time.Time `gorm:"column:trained_at"`
	Bytes   []byte    `gorm:"column:bytes"`
}

// keptModels is how many versions are kept.
const keptModels = 5

// KeepMatchModel keeps a trained model; one that is there already becomes the newest again.
// The oldest beyond a few are dropped.
func (tx *Tx) KeepMatchModel(version string, texts int, bytes []byte) error {
	err := tx.db.Exec(`insert into match_models (id, version, texts, trained_at, bytes) values (?, ?, ?, ?, ?)
		on conflict (version) do update set trained_at = excluded.trained_at, texts = excluded.texts`,
		newID[string]("mdl"), version, texts, tx.Now, bytes).Error
	if err != nil {
		return fmt.Errorf("keep match model %s: %w", version, err)
	}
	return tx.db.Exec(`delete from match_models where id not in (
		select id from match_models order by trained_at desc, id limit ?)`, keptModels).Error
}

// NewestMatchModel tells of the newest model, without its bytes; nil where none was trained
// yet.
func (tx *Tx) NewestMatchModel() (*MatchModel, error) {
	return take[MatchModel](tx.db.Omit("bytes").Order("trained_at desc, id").Limit(1))
}

// MatchModelBytes reads a trained model; nil when it was dropped meanwhile.
func (tx *Tx) MatchModelBytes(id string) ([]byte, error) {
	m, err := take[MatchModel](tx.db.Where("id = ?", id))
	if err != nil || m == nil {
		return nil, err
	}
	return m.Bytes, nil
}

// EvidenceTotal counts the texts a model may be trained on.
func (tx *Tx) EvidenceTotal() (int, error) {
	var n int64
	return int(n), tx.db.Model(&Evidence{}).Count(&n).Error
}

// CatalogueStamp changes whenever a vocabulary does, and with the day, since versions begin
// and end by days.
func (tx *Tx) CatalogueStamp() (string, error) {
	var row struct{ N, V int64 }
	err := tx.db.Raw("select count(*) as n, coalesce(sum(version), 0) as v from catalogues").Scan(&row).Error
	return fmt.Sprintf("%s %d %d", tx.Now.Format("2006-01-02"), row.N, row.V), err
}

// Touched is what happened to the pool of teams since somebody last looked.
type Touched struct {
	Teams  []TeamID // by id
	Newest int64    // sequence of the newest event there is
}

// overlap is how far behind the newest event one looks again: PostgreSQL gives sequence
// numbers before the commit, so that a lower one may become visible after a higher one.
const overlap = 5_000

// TouchedSince says which teams changed after the event numbered since. seen holds what was
// told before from the stretch that is looked at again; it is brought up to date.
func (tx *Tx) TouchedSince(since int64, seen map[int64]bool) (Touched, error) {
	out := Touched{Newest: since}
	if err := tx.db.Raw("select coalesce(max(seq), 0) from events").Scan(&out.Newest).Error; err != nil {
		return out, err
	}
	var rows []struct {
		Seq   int64
		Thing TeamID
	}
	err := tx.db.Raw("select seq, thing from events where kind = ? and seq > ? order by seq", KindTeam, since-overlap).Scan(&rows).Error
	for _, e := range rows {
		if !seen[e.Seq] {
			seen[e.Seq] = true
			out.Teams = append(out.Teams, e.Thing)
		}
	}
	for seq := range seen {
		if seq <= out.Newest-overlap {
			delete(seen, seq)
		}
	}
	slices.Sort(out.Teams)
	out.Teams = slices.Compact(out.Teams)
	return out, err
}

// TeamsAfter lists active teams by id, to walk over all of them in pages.
func (tx *Tx) TeamsAfter(id TeamID, limit int) ([]Team, error) {
	list := []Team{}
	return list, tx.db.Where("state = ? and id > ?", TeamActive, id).Order("id").Limit(limit).Find(&list).Error
}

// TeamCount counts the active teams.
func (tx *Tx) TeamCount() (int, error) {
	var n int64
	return int(n), tx.db.Model(&Team{}).Where("state = ?", TeamActive).Count(&n).Error
}

// TeamsToEnter lists active teams whose entry in the search of teams is missing, older than
// the team, or made under another key.
func (tx *Tx) TeamsToEnter(key string, limit int) ([]Team, error) {
	list := []Team{}
	return list, tx.db.Raw(`select t.* from teams t left join team_entries e on e.team_id = t.id
		where t.state = ? and (e.no is null or e.team_version <> t.version or e.key <> ?) order by t.id limit ?`, TeamActive, key, limit).Scan(&list).Error
}

// TeamEntry is a team in the search of teams: labels and words by which it may become a
// candidate for a challenge, and the vector by which candidates are sorted out.
type TeamEntry struct {
	Labels, Said []string
	Key          string // of what the vector was made with
	Vector       []byte
}

// EnterTeam writes a team's entry.
func (tx *Tx) EnterTeam(t *Team, e TeamEntry) error {
	err := tx.db.Exec(`insert into team_entries (team_id, team_version, key, vector) values (?, ?, ?, ?)
		on conflict (team_id) do update set team_version = excluded.team_version, key = excluded.key, vector = excluded.vector`,
		t.ID, t.Version, e.Key, e.Vector).Error
	if err != nil {
		return fmt.Errorf("enter team %s: %w", t.ID, err)
	}
	var no int64
	if err := tx.db.Raw("select no from team_entries where team_id = ?", t.ID).Scan(&no).Error; err != nil {
		return err
	}
	labels, said := lower(e.Labels), lower(e.Said)
	if tx.store.dialect == "sqlite" {
		if err := tx.db.Exec("delete from team_search where rowid = ?", no).Error; err != nil {
			return err
		}
		return tx.db.Exec("insert into team_search (rowid, labels, said) values (?, ?, ?)", no, ftsText(labels), ftsText(said)).Error
	}
	return tx.db.Exec(`insert into team_search (no, tokens) values (?, setweight(cast(? as tsvector), 'A') || cast(? as tsvector))
		on conflict (no) do update set tokens = excluded.tokens`, no, tsText(labels), tsText(said)).Error
}

// Candidate is a team that shares something with a challenge.
type Candidate struct {
	Team   TeamID
	Vector []byte
}

// Candidates lists active teams whose entry holds any of the words, those first that hold
// more labels and then more words, at most limit. It stands in for the index in memory where
// the teams outgrow it.
func (tx *Tx) Candidates(words []string, limit int) ([]Candidate, error) {
	list := []Candidate{}
	if len(words) == 0 {
		return list, nil
	}
	plain := lower(words)
	for i, w := range plain {
		plain[i] = plainWord(w)
	}
	if tx.store.dialect == "sqlite" {
		err := tx.db.Raw(`select e.team_id as team, e.vector from team_search s join team_entries e on e.no = s.rowid join teams t on t.id = e.team_id
			where team_search match ? and t.state = ? order by bm25(team_search, 10.0, 1.0), e.team_id limit ?`,
			`"`+strings.Join(plain, `" OR "`)+`"`, TeamActive, limit).Scan(&list).Error
		return list, err
	}
	query := "'" + strings.Join(plain, "' | '") + "'"
	err := tx.db.Raw(`select e.team_id as team, e.vector from team_search s join team_entries e on e.no = s.no join teams t on t.id = e.team_id
		where s.tokens @@ cast(? as tsquery) and t.state = ?
		order by ts_rank('{0.1, 0.1, 0.1, 1}', s.tokens, cast(? as tsquery)) desc, e.team_id limit ?`,
		query, TeamActive, query, limit).Scan(&list).Error
	return list, err
}

func lower(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.ToLower(w)
	}
	return out
}

// Beside is what this process keeps in memory beside the database under a name, made by
// fresh on first use: copies that are quick to ask and can be lost. Whoever keeps something
// must find out by himself what became of it, since other processes write as well.
func Beside[T any](s *Store, name string, fresh func() *T) *T {
	if v, ok := s.beside.Load(name); ok {
		return v.(*T)
	}
	v, _ := s.beside.LoadOrStore(name, fresh())
	return v.(*T)
}

// Store is where the unit of work happens, for what is kept beside it.
func (tx *Tx) Store() *Store { return tx.store }

// Apart is the same database as another process sees it: with a memory of its own beside it.
func (s *Store) Apart() *Store {
	other := *s
	other.beside = new(sync.Map)
	return &other
}
