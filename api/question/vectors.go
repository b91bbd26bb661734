package question

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"slices"

	"jiebang/matching/fit"
	"jiebang/models"
)

// Embedding is a service that gives vectors to texts, one more channel by which they are
// compared. It is asked with no unit of work open, once for each text; scores are made of
// what it answered, which is kept in the database. Until it has answered, a text is like
// nothing in this channel.
//
// Only what stands in the profiles of teams and on the public list is sent, and the names of
// the vocabularies: never a draft, never a bid.
type Embedding struct {
	Name  string // of the model behind it; vectors of different names are never compared
	Embed func(ctx context.Context, texts []string) ([][]float32, error)
}

// name is empty where there is no service.
func (m *Embedding) name() string {
	if m == nil {
		return ""
	}
	return m.Name
}

// known are vectors by the digests of their texts.
type known map[string][]float32

var errNoVector = errors.New("no vector for this text")

// of answers an engine that asks for the vectors of texts.
func (k known) of(texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, t := range texts {
		if out[i] = k[textDigest(t)]; out[i] == nil {
			return nil, errNoVector
		}
	}
	return out, nil
}

func textDigest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:16])
}

// said are the texts that an engine would compare while it makes something ready, each once.
func said(e *fit.Engine, ready func(*fit.Engine)) []string {
	var texts []string
	ready(e.Embedding(func(list []string) ([][]float32, error) {
		texts = append(texts, list...)
		return nil, errNoVector
	}))
	slices.Sort(texts)
	return slices.Compact(texts)
}

func digests(texts []string) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = textDigest(t)
	}
	return out
}

// vectorsOf reads what is known of some texts.
func vectorsOf(tx *models.Tx, name string, texts []string) (known, error) {
	rows, err := tx.TextVectors(name, digests(texts))
	out := make(known, len(rows))
	for digest, raw := range rows {
		v := make([]float32, len(raw)/4)
		for i := range v {
			v[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
		}
		out[digest] = v
	}
	return out, err
}

// reader is an engine that knows the vectors of what it is about to read. lacks says
// whether it came upon a text without one since it was last set to false.
type reader struct {
	*fit.Engine
	lacks bool
}

// reader of what ready reads.
func (g *generation) reader(tx *models.Tx, ready func(*fit.Engine)) (*reader, error) {
	r := &reader{Engine: g.engine}
	if g.vectors == "" {
		return r, nil
	}
	there, err := vectorsOf(tx, g.vectors, said(g.engine, ready))
	if err != nil {
		return nil, err
	}
	r.Engine = g.engine.Embedding(func(texts []string) ([][]float32, error) {
		v, err := there.of(texts)
		r.lacks = r.lacks || err != nil
		return v, err
	})
	return r, nil
}

// asked at most so many texts before what came is kept.
const keptAtOnce = 256

// ask makes sure that all texts have vectors, and returns them. What was answered before a
// failure is kept.
func (m *Embedding) ask(ctx context.Context, s *models.Store, texts []string) (known, error) {
	var there known
	err := s.Read(ctx, models.System, func(tx *models.Tx) (err error) {
		there, err = vectorsOf(tx, m.Name, texts)
		return err
	})
	if err != nil {
		return nil, err
	}
	missing := slices.DeleteFunc(slices.Clone(texts), func(t string) bool { return there[textDigest(t)] != nil })
	for part := range slices.Chunk(missing, keptAtOnce) {
		vectors, err := m.Embed(ctx, part)
		if err != nil {
			return nil, fmt.Errorf("ask the embedding service: %w", err)
		}
		if len(vectors) != len(part) {
			return nil, fmt.Errorf("the embedding service gave %d vectors for %d texts", len(vectors), len(part))
		}
		err = s.Write(ctx, models.System, func(tx *models.Tx) error {
			for i, v := range vectors {
				raw := make([]byte, 0, 4*len(v))
				for _, x := range v {
					raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(x))
				}
				if err := tx.KeepTextVector(m.Name, textDigest(part[i]), raw); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		for i, v := range vectors {
			there[textDigest(part[i])] = v
		}
	}
	return there, nil
}

// Embed asks the embedding service, where there is one, for the vectors of what was written
// since it was last asked. While it does not answer, nothing is noted, and the next call asks
// again.
func Embed(ctx context.Context, s *models.Store) error {
	m := poolOf(s).settings.Embedding
	if m == nil {
		return nil
	}
	const page = 100
	for more := true; more && ctx.Err() == nil; {
		var key string
		var texts []string
		var teams []models.Team
		var open []models.Challenge
		err := s.Read(ctx, models.System, func(tx *models.Tx) error {
			v, err := look(tx)
			if err != nil || v.vectors == "" {
				return err
			}
			key = v.vectors + " " + v.key
			if teams, err = tx.TeamsToEmbed(key, page); err != nil {
				return err
			}
			if open, err = tx.ChallengesToEmbed(key, page); err != nil {
				return err
			}
			cards, err := cardsOf(tx, teams)
			if err != nil {
				return err
			}
			asked, err := challenges(tx, open)
			if err != nil {
				return err
			}
			texts = said(v.generation.engine, func(e *fit.Engine) {
				for _, t := range cards {
					e.Team(t)
				}
				for _, c := range asked {
					e.Challenge(c)
				}
			})
			return nil
		})
		if err != nil {
			return fmt.Errorf("find texts without vectors: %w", err)
		}
		if more = len(teams)+len(open) > 0; !more {
			return nil
		}
		if _, err := m.ask(ctx, s, texts); err != nil {
			return err
		}
		err = s.Write(ctx, models.System, func(tx *models.Tx) error {
			for _, t := range teams {
				if err := tx.Embedded(models.KindTeam, string(t.ID), t.Version, key); err != nil {
					return err
				}
			}
			for _, c := range open {
				if err := tx.Embedded(models.KindChallenge, string(c.ID), c.Version, key); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}
