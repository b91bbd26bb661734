package notices_test

import (
	"slices"
	"testing"
	"time"

	"jiebang/api/notices"
	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/models"
)

// TestReachOnce hands the followers of a publication and of an invitation their events twice,
// and asks who has what: one notice each, as what he is, and nothing for who does not want it.
func TestReachOnce(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t) // the challenge is put back among the published
		ev := w.Evaluation(2, 1)
		later := w.Clock.Now().Add(240 * time.Hour)
		ev.Change(func(c *models.Challenge) {
			c.State, c.Deadline, c.OpenAt, c.Chain = models.ChallengePublished, &later, &later, "pumps"
		})
		lead, second := ev.Lead(0), ev.Lead(1)
		expert := ev.Expert(ev.Experts[0].ID)
		var inv, inv2 *models.Invitation
		w.Write(func(tx *models.Tx) error {
			for _, u := range []models.UserID{ev.Stranger.User, ev.Owner.User, lead.User} {
				s := tx.NewSubscription(models.Topic{By: models.ByChain, Value: "pumps"}, "")
				s.User, s.State, s.Version, s.CreatedAt, s.UpdatedAt = u, models.SubscriptionActive, 1, tx.Now, tx.Now
				if err := tx.Plant(s); err != nil {
					return err
				}
			}
			m := tx.NewMute(models.Topic{By: models.ByTeam, Value: string(ev.Teams[1].ID)})
			m.User, m.State, m.Version, m.CreatedAt, m.UpdatedAt = second.User, models.MuteActive, 1, tx.Now, tx.Now
			if err := tx.Plant(m); err != nil {
				return err
			}
			inv = tx.NewInvitation(ev.Challenge, ev.Teams[0])
			inv.By, inv.As, inv.Band, inv.Parts = ev.Officer.User, "officer", "good", models.J([]string{"domain"})
			inv.State, inv.Version, inv.CreatedAt, inv.UpdatedAt = models.InvitationSent, 1, tx.Now, tx.Now
			if err := tx.Plant(inv); err != nil {
				return err
			}
			muted := *inv
			other := tx.NewInvitation(ev.Challenge, ev.Teams[1])
			muted.ID, muted.Team = other.ID, other.Team
			inv2 = &muted
			return tx.Plant(inv2)
		})
		for _, r := range []struct {
			name   string
			follow follower
			event  models.Event
			to     map[models.UserID]string
		}{
			{"published", notices.Suited, models.Event{Action: models.ChallengePublish, Kind: models.KindChallenge, Thing: string(ev.Challenge.ID)}, map[models.UserID]string{ev.Stranger.User: "subscriber", lead.User: ""}},
			{"invited", notices.Invited, models.Event{Action: models.InvitationSend, Kind: models.KindInvitation, Thing: string(inv.ID)}, map[models.UserID]string{lead.User: "team"}},
			{"invited and muted", notices.Invited, models.Event{Action: models.InvitationSend, Kind: models.KindInvitation, Thing: string(inv2.ID)}, map[models.UserID]string{}},
			{"answered", notices.Answered, models.Event{Action: models.InvitationAccept, Kind: models.KindInvitation, Thing: string(inv.ID), Actor: lead.User}, map[models.UserID]string{ev.Owner.User: "owner", ev.Officer.User: "officer"}},
			{"too late to tell", notices.Suited, models.Event{Action: models.ChallengePublish, Kind: models.KindChallenge, Thing: string(ev.Challenge.ID), Reason: "withdrawn"}, map[models.UserID]string{}},
		} {
			t.Run(r.name, func(t *testing.T) {
				r.event.ID, r.event.At, r.event.Challenge = models.EventID("evt_"+r.name), w.Clock.Now(), ev.Challenge.ID
				if r.event.Reason != "" {
					ev.Change(func(c *models.Challenge) { c.State = models.ChallengeWithdrawn })
				}
				for range 2 {
					w.Write(func(tx *models.Tx) error { return r.follow(tx, r.event) })
				}
				seen := []models.UserID{}
				for _, n := range w.NoticesOf(r.event.ID) {
					seen = append(seen, n.User)
					as, wanted := r.to[n.User]
					if !wanted {
						t.Errorf("%s was told: %v", n.User, n.Params.V)
					}
					if as != "" && n.Params.V["as"] != as {
						t.Errorf("told as %v, want %s", n.Params.V["as"], as)
					}
				}
				for u := range r.to {
					if !slices.Contains(seen, u) {
						t.Errorf("%s was not told", u)
					}
				}
				if slices.Contains(seen, expert.User) || len(seen) != len(r.to) {
					t.Errorf("%d notices, want %d", len(seen), len(r.to))
				}
			})
		}
	})
}
