package question

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"jiebang/matching/fit"
	"jiebang/models"
)

// oldest is how old a model may become, and grown by how much the evidence may grow, before
// it is trained anew.
const (
	oldest = 30 * 24 * time.Hour
	grown  = 1.1
)

// Train trains the match model on the evidence there is, where there is none yet, it is old,
// or the evidence grew by a tenth. It reads in one unit of work, thinks with none open, and
// keeps the result in another; of two processes that train at once on the same evidence both
// keep the same.
func Train(ctx context.Context, s *models.Store) error {
	var cat fit.Catalogue
	var teams []fit.Team
	var open []fit.Challenge
	texts, due := 0, false
	err := s.Read(ctx, models.System, func(tx *models.Tx) (err error) {
		if due, texts, err = trainingDue(tx); err != nil || !due {
			return err
		}
		if cat, err = Catalogue(tx); err != nil {
			return err
		}
		merged, err := mergesOf(tx)
		if err != nil {
			return err
		}
		for page, err := range pages(tx) {
			if err != nil {
				return err
			}
			ids := make([]models.TeamID, len(page))
			for i, t := range page {
				ids[i] = t.ID
			}
			evidence, err := evidenceOf(tx, ids)
			if err != nil {
				return err
			}
			for i := range page {
				teams = append(teams, card(merged, &page[i], evidence[page[i].ID]))
			}
		}
		list, err := tx.ChallengesIn(models.PublicStates()...)
		if err != nil {
			return err
		}
		open, err = challenges(tx, list)
		return err
	})
	if err != nil || !due {
		return err
	}
	learned, err := learnFrom(cat, teams, open)
	if err != nil {
		return err
	}
	var raw bytes.Buffer
	if err := learned.Save(&raw); err != nil {
		return fmt.Errorf("write the match model: %w", err)
	}
	sum := sha256.Sum256(raw.Bytes())
	version := hex.EncodeToString(sum[:8])
	return s.Write(ctx, models.System, func(tx *models.Tx) error {
		if err := tx.KeepMatchModel(version, texts, raw.Bytes()); err != nil {
			return err
		}
		return tx.Follow(models.MatchTrain, tx.Site(), models.Note{Data: map[string]any{"version": version, "texts": texts, "teams": len(teams)}})
	})
}

func trainingDue(tx *models.Tx) (due bool, texts int, err error) {
	if texts, err = tx.EvidenceTotal(); err != nil {
		return false, 0, err
	}
	newest, err := tx.NewestMatchModel()
	if err != nil {
		return false, 0, err
	}
	if newest == nil {
		return texts > 0, texts, nil
	}
	learned, err := learnedModels(tx, newest)
	if err != nil || learned.Likeness == nil {
		return err == nil, texts, err
	}
	return float64(texts) > grown*float64(newest.Texts) || tx.Now.Sub(newest.Trained) > oldest, texts, nil
}

// trainingSeed starts the generators of the training; another would give another model of
// the same worth.
const trainingSeed = 20260101

func learnFrom(cat fit.Catalogue, teams []fit.Team, open []fit.Challenge) (fit.Models, error) {
	learned, err := fit.Learn(cat, teams, fit.Learning{Seed: trainingSeed})
	if err != nil {
		return learned, fmt.Errorf("train the match model: %w", err)
	}
	e, err := fit.New(cat, learned)
	if err != nil {
		return learned, fmt.Errorf("make the match engine: %w", err)
	}
	asked, ready := make([]*fit.Asked, len(open)), make([]*fit.Prepared, len(teams))
	for i, c := range open {
		asked[i] = e.Challenge(c)
	}
	for i, t := range teams {
		ready[i] = e.Team(t)
	}
	learned.Reference = e.Calibrate(asked, ready)
	return learned, nil
}
