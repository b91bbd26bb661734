package notices_test

import (
	"fmt"
	"testing"
	"time"

	"jiebang/api/notices"
	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/models"
)

// BenchmarkSuited publishes a challenge to many subscribers, each with a search of his own and
// a tag: the costly case, since no two ask the text index alike. The number is of subscriptions.
func BenchmarkSuited(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		b.Run(fmt.Sprintf("subscriptions=%d", n), func(b *testing.B) {
			dbtest.Wrecked(b)
			w := apitest.New(b, dbtest.SQLite(b))
			ev := w.Evaluation(2, 1)
			later := w.Clock.Now().Add(240 * time.Hour)
			ev.Change(func(c *models.Challenge) { c.State, c.Deadline, c.OpenAt = models.ChallengePublished, &later, &later })
			w.Write(func(tx *models.Tx) error {
				for i := range n / 2 {
					u := models.NewUser(fmt.Sprintf("reader-%d", i), "Reader", "x")
					u.State, u.Version, u.CreatedAt, u.UpdatedAt = models.UserActive, 1, tx.Now, tx.Now
					if err := tx.Plant(u); err != nil {
						return err
					}
					for _, topic := range []models.Topic{{By: models.ByText, Value: fmt.Sprintf("轴承 %d", i)}, {By: models.ByDomain, Value: "MFG.bearing"}} {
						s := tx.NewSubscription(topic, "")
						s.User, s.State, s.Version, s.CreatedAt, s.UpdatedAt = u.ID, models.SubscriptionActive, 1, tx.Now, tx.Now
						if err := tx.Plant(s); err != nil {
							return err
						}
					}
				}
				return nil
			})
			for i := 0; b.Loop(); i++ {
				e := models.Event{ID: models.EventID(fmt.Sprintf("evt_%d", i)), At: w.Clock.Now(), Action: models.ChallengePublish, Kind: models.KindChallenge,
					Thing: string(ev.Challenge.ID), Challenge: ev.Challenge.ID}
				w.Write(func(tx *models.Tx) error { return notices.Suited(tx, e) })
			}
		})
	}
}
