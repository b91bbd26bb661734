package question

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"sync"

	"jiebang/matching/fit"
	"jiebang/matching/index"
	"jiebang/models"
)

// Pool is what this process keeps of all teams to match quickly: the engine with what it has
// learned, teams made ready, and an index of the first stage once there are more teams than
// are scored one by one. It is a copy; every question brings it up to date first, so that a
// card that was just changed, here or in another process, is ranked as it is.
type Pool struct {
	settings PoolSettings

	mu    sync.Mutex  // one question at a time brings the pool up to date
	stamp string      // of vocabularies and model, when last looked at
	now   *generation // what the questions are answered from
}

// PoolSettings say how much of the pool is kept in memory.
type PoolSettings struct {
	Whole      int // up to so many teams every one is scored; beyond, candidates are
	Candidates int // scored in full for a list, where not every team is
	Memory     int // up to so many teams the index is in memory; beyond, the database finds the candidates
	Kept       int // teams and challenges kept ready

	// Open and Save reach the place where the index outlives the process; either may be nil.
	// Save replaces what was there if write succeeds, and else leaves it.
	Open func() (io.ReadCloser, error)
	Save func(write func(io.Writer) error) error

	Embedding *Embedding // nil: texts are compared by what the pool teaches alone
}

// DefaultPool suits a machine of a few gigabytes.
var DefaultPool = PoolSettings{Whole: 1_000, Candidates: 300, Memory: 1_000_000, Kept: 20_000}

// SetPool chooses the settings of a store's pool; it must be called before the first question.
func SetPool(s *models.Store, settings PoolSettings) {
	models.Beside(s, poolName, func() *Pool { return &Pool{settings: settings} })
}

const poolName = "match pool"

func poolOf(s *models.Store) *Pool {
	return models.Beside(s, poolName, func() *Pool { return &Pool{settings: DefaultPool} })
}

// generation is everything made by one engine.
type generation struct {
	key    string // of all that the engine was made from
	engine *fit.Engine
	most   int // kept of each
	// vectors names the embedding by which the engine's model knows texts; empty where it
	// knows of none, or of another than is set now.
	vectors string

	mu    sync.Mutex
	teams map[models.TeamID]kept[*fit.Prepared]
	asked map[models.ChallengeID]kept[*fit.Asked]

	index *index.Index // nil where it is not needed; guarded by the pool's lock, as are
	since int64        // the events it has taken in
	seen  map[int64]bool
}

// kept is something made ready from a version of a row.
type kept[T any] struct {
	version int64
	ready   T
}

// view is the pool as one question sees it. What hangs on the clock — links, records — is of
// this unit of work.
type view struct {
	*generation
	tx     *models.Tx
	engine *fit.Engine
	set    PoolSettings
	index  *index.Index
	total  int
}

// look brings the pool up to date. A writing unit of work may see what will never have
// happened, so it takes the pool as it is and leaves nothing in it.
func look(tx *models.Tx) (*view, error) {
	p := poolOf(tx.Store())
	p.mu.Lock()
	defer p.mu.Unlock()
	v := &view{tx: tx, set: p.settings}
	var err error
	if v.total, err = tx.TeamCount(); err != nil {
		return nil, err
	}
	switch {
	case !tx.Writes():
		if err := p.learn(tx); err != nil {
			return nil, err
		}
		if err := p.follow(tx, v.total); err != nil {
			return nil, err
		}
		v.generation = p.now
	case p.now != nil:
		v.generation = p.now
	default:
		passing := &Pool{settings: p.settings}
		if err := passing.learn(tx); err != nil {
			return nil, err
		}
		v.generation = passing.now
	}
	v.index = v.generation.index
	now := fit.Catalogue{At: tx.Now}
	if now.Links, err = links(tx); err != nil {
		return nil, err
	}
	v.engine = v.generation.engine.At(now)
	return v, nil
}

// follow keeps the index of the first stage, where it is wanted.
func (p *Pool) follow(tx *models.Tx, teams int) error {
	if teams <= p.settings.Whole || teams > p.settings.Memory {
		p.now.index = nil
		return nil
	}
	p.now.load(tx, p.settings.Open)
	return p.now.follow(tx)
}

// learn makes the engine anew where the vocabularies, the trained model or the year are
// others than it was made from.
func (p *Pool) learn(tx *models.Tx) error {
	stamp, err := tx.CatalogueStamp()
	if err != nil {
		return err
	}
	trained, err := tx.NewestMatchModel()
	if err != nil {
		return err
	}
	version := ""
	if trained != nil {
		version = trained.Version
	}
	if stamp += " " + version; p.now != nil && stamp == p.stamp {
		return nil
	}
	cat, err := Catalogue(tx)
	if err != nil {
		return err
	}
	if key := vocabularyKey(cat) + " " + version; p.now == nil || key != p.now.key {
		learned, err := learnedModels(tx, trained)
		if err != nil {
			return err
		}
		g := &generation{key: key, most: p.settings.Kept, seen: map[int64]bool{},
			teams: map[models.TeamID]kept[*fit.Prepared]{}, asked: map[models.ChallengeID]kept[*fit.Asked]{}}
		if g.engine, err = fit.New(cat, learned); err != nil {
			return fmt.Errorf("make the match engine: %w", err)
		}
		if learned.Embedding == p.settings.Embedding.name() {
			g.vectors = learned.Embedding
		}
		p.now = g
	}
	p.stamp = stamp
	return nil
}

// vocabularyKey is a digest of what an engine takes from a catalogue for longer than a question.
func vocabularyKey(cat fit.Catalogue) string {
	text, _ := json.Marshal([]any{cat.At.Year(), cat.Tags, cat.Capabilities, cat.Chains})
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// learnedModels reads what was trained. A model that this version cannot read, kept by another
// version of the program, is as none: Train makes a new one.
func learnedModels(tx *models.Tx, trained *models.MatchModel) (fit.Models, error) {
	if trained == nil {
		return fit.Models{}, nil
	}
	raw, err := tx.MatchModelBytes(trained.ID)
	if err != nil || raw == nil { // dropped since we asked: the next question finds its successor
		return fit.Models{}, err
	}
	m, err := fit.LoadModels(bytes.NewReader(raw))
	if err != nil {
		return fit.Models{}, nil
	}
	return m, nil
}

// pages are all active teams, 500 at a time.
func pages(tx *models.Tx) iter.Seq2[[]models.Team, error] {
	return func(yield func([]models.Team, error) bool) {
		for last := models.TeamID(""); ; {
			page, err := tx.TeamsAfter(last, 500)
			if len(page) == 0 || err != nil {
				if err != nil {
					yield(nil, err)
				}
				return
			}
			if !yield(page, nil) {
				return
			}
			last = page[len(page)-1].ID
		}
	}
}

// prepare makes teams ready, those whose card has not changed out of the memory. What the
// gates ask is not filled in.
func (g *generation) prepare(tx *models.Tx, list []models.Team) ([]*fit.Prepared, error) {
	out := make([]*fit.Prepared, len(list))
	missing := []models.Team{}
	g.mu.Lock()
	for i, t := range list {
		if r, ok := g.teams[t.ID]; ok && r.version == t.Version {
			out[i] = r.ready
		} else {
			missing = append(missing, t)
		}
	}
	g.mu.Unlock()
	if len(missing) == 0 {
		return out, nil
	}
	cards, err := cardsOf(tx, missing)
	if err != nil {
		return nil, err
	}
	read, err := g.reader(tx, func(e *fit.Engine) {
		for _, t := range cards {
			e.Team(t)
		}
	})
	if err != nil {
		return nil, err
	}
	for i, t := range list {
		if out[i] == nil {
			read.lacks = false
			out[i], cards = read.Team(cards[0]), cards[1:]
			if !read.lacks {
				keep(g, tx, g.teams, t.ID, t.Version, out[i])
			}
		}
	}
	return out, nil
}

// keep remembers what was made ready. A full memory is emptied: what is asked for again is
// made again, and nobody need know which was used last.
func keep[K comparable, T any](g *generation, tx *models.Tx, memory map[K]kept[T], id K, version int64, made T) {
	if tx.Writes() {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(memory) >= g.most {
		clear(memory)
	}
	memory[id] = kept[T]{version, made}
}

// cardsOf puts teams with their evidence into the engine's words.
func cardsOf(tx *models.Tx, list []models.Team) ([]fit.Team, error) {
	ids := make([]models.TeamID, len(list))
	for i, t := range list {
		ids[i] = t.ID
	}
	evidence, err := evidenceOf(tx, ids)
	if err != nil {
		return nil, err
	}
	merged, err := mergesOf(tx)
	if err != nil {
		return nil, err
	}
	out := make([]fit.Team, len(list))
	for i := range list {
		out[i] = card(merged, &list[i], evidence[list[i].ID])
	}
	return out, nil
}

func evidenceOf(tx *models.Tx, ids []models.TeamID) (map[models.TeamID][]models.Evidence, error) {
	found := map[models.TeamID][]models.Evidence{}
	for part := range slices.Chunk(ids, 500) {
		rows, err := tx.EvidenceOf(part...)
		if err != nil {
			return nil, err
		}
		for _, e := range rows {
			found[e.Team] = append(found[e.Team], e)
		}
	}
	return found, nil
}

// PolicyNow is by what matches are scored now.
type PolicyNow struct {
	Weights   fit.Weights
	Reference fit.Reference
	Trained   *models.MatchModel // nil before the first training
}

// Policy tells by what matches are scored now.
func Policy(tx *models.Tx) (*PolicyNow, error) {
	v, err := look(tx)
	if err != nil {
		return nil, err
	}
	out := &PolicyNow{Weights: v.engine.Weights(), Reference: v.engine.Reference()}
	out.Trained, err = tx.NewestMatchModel()
	return out, err
}
