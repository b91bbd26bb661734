package challenges

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/matching/relevance"
	"jiebang/models"
)

// ranked fills a page by relevance: the finds in order, and behind them, where there were too
// many to rank, the rest tier by tier. A cursor holds the score and number of the last line, or
// of the rest its tier as a negative number.
func (p *ChallengePage) ranked(tx *models.Tx, w words, f models.ChallengeFilter, after models.Cursor, limit int) error {
	score, no, err := place(after)
	if err != nil {
		return err
	}
	ids, where := []models.ChallengeID{}, map[models.ChallengeID][]string{}
	rest := models.Rest{Tier: int(-score) - 1, Before: no}
	if score >= 0 {
		pool, from, err := tx.Finds(f)
		if err != nil {
			return err
		}
		rest = from
		places := question.Ranked(f.Sought, pool)
		if after.ID != "" {
			places = places[behind(places, pool, score, no):]
		}
		for _, at := range places[:min(limit, len(places))] {
			ids = append(ids, pool[at.At].ID)
			where[pool[at.At].ID] = foundIn(at)
		}
		if len(places) > limit || len(places) == limit && !rest.Over() {
			last := places[limit-1]
			p.Next = tx.Page("challenges/relevance", last.Score, strconv.FormatInt(pool[last.At].SearchNo, 10))
		}
	}
	if left := limit - len(ids); left > 0 && !rest.Over() {
		more, stops, err := tx.RestOfFinds(f, rest, left+1)
		if err != nil {
			return err
		}
		ids = append(ids, more[:min(left, len(more))]...)
		if len(more) > left {
			stop := stops[left-1]
			p.Next = tx.Page("challenges/relevance", -int64(stop.Tier)-1, strconv.FormatInt(stop.Before, 10))
		}
	}
	rows, err := tx.ListLines(ids)
	if err != nil {
		return err
	}
	if p.Items, err = cards(tx, w, rows, false); err != nil {
		return err
	}
	for i := range p.Items {
		p.Items[i].FoundIn = where[p.Items[i].ID]
	}
	return nil
}

// place reads a cursor of this order.
func place(after models.Cursor) (score, no int64, err error) {
	if after.ID == "" {
		return 0, 0, nil
	}
	value, ok := after.Value.(float64)
	if no, err = strconv.ParseInt(after.ID, 10, 64); !ok || err != nil {
		return 0, 0, problem.Missing()
	}
	return int64(value), no, nil
}

// behind is the first place after the one a cursor names; it need not be there any more.
func behind(places []relevance.Place, pool []models.Head, score, no int64) int {
	at := slices.IndexFunc(places, func(p relevance.Place) bool {
		return p.Score < score || p.Score == score && pool[p.At].SearchNo < no
	})
	if at < 0 {
		return len(places)
	}
	return at
}

func foundIn(p relevance.Place) []string {
	list := []string{}
	if p.Title {
		list = append(list, "title")
	}
	if p.Labels {
		list = append(list, "labels")
	}
	if len(list) == 0 {
		list = append(list, "text")
	}
	return list
}

// What "did you mean" tries: so many words of a question, so many ways to write each.
const (
	slipsInWords = 4
	slipsTried   = 5
)

// maybe is the question with its misspelt Latin words mended, where that finds something: one
// letter left out, too many, wrong, or changed with its neighbour. Codes, numbers and Chinese
// are never guessed at.
func (q *ChallengeQuery) maybe(tx *models.Tx) (string, error) {
	words := strings.Fields(q.Q)
	tried := 0
	for i, w := range words {
		plain := strings.ToLower(w)
		if latinWord.FindString(plain) != plain {
			continue
		}
		if tried++; tried > slipsInWords {
			break
		}
		options := relevance.OneOff(plain)
		known, err := tx.LatinWords(append(options, plain))
		if err != nil {
			return "", err
		}
		if known[plain] {
			continue
		}
		options = slices.DeleteFunc(options, func(o string) bool { return !known[o] })
		best, most := "", 0
		for _, o := range options[:min(len(options), slipsTried)] {
			mended := *q
			mended.Q = o
			n, err := mended.finds(tx)
			if err != nil {
				return "", err
			}
			if n > most {
				best, most = o, n
			}
		}
		if best != "" {
			words[i] = best
		}
	}
	mended := *q
	if mended.Q = strings.Join(words, " "); mended.Q == strings.Join(strings.Fields(q.Q), " ") {
		return "", nil
	}
	if n, err := mended.finds(tx); err != nil || n == 0 {
		return "", err
	}
	return mended.Q, nil
}

// finds counts what a question finds, up to as many as are ranked.
func (q *ChallengeQuery) finds(tx *models.Tx) (int, error) {
	f, err := q.standing(tx)
	if err != nil || len(f.Sought) == 0 {
		return 0, err
	}
	pool, _, err := tx.Finds(f)
	return len(pool), err
}

// renewMost bounds one unit of work.
const renewMost = 200

// Renew makes entries of the public list anew whose words may have changed: after a catalogue
// did, and after an update of the platform that finds by more than before.
func Renew(ctx context.Context, s *models.Store) error {
	for {
		n := 0
		err := s.Write(ctx, models.System, func(tx *models.Tx) error {
			list, err := tx.Stale(renewMost)
			n = len(list)
			for i := range list {
				if err == nil {
					err = Index(tx, &list[i])
				}
			}
			return err
		})
		if err != nil || n < renewMost {
			return err
		}
	}
}

// Outdated follows a version that came into force or ended.
func Outdated(tx *models.Tx, e models.Event) error {
	c, err := tx.CatalogueOf(models.CatalogueID(e.Thing))
	if err != nil {
		return err
	}
	return tx.Outdated(c)
}
