package notices

import (
	"cmp"
	"math"
	"slices"

	"jiebang/api/question"
	"jiebang/matching/fit"
	"jiebang/models"
)

// Suited tells whoever a new challenge may concern, once each and with every reason: the lead
// of a team it suits well, and whoever subscribed to its chain, a tag, words it has, or the
// suggestions of his team. Who has muted it is not told, nor is the owner, who knows.
func Suited(tx *models.Tx, e models.Event) error {
	c, err := tx.Challenge(models.ChallengeID(e.Thing))
	if err != nil || c.State != models.ChallengePublished {
		return err
	}
	r := &readers{tx: tx, c: c, why: map[models.UserID][]noticeWhy{}}
	for _, find := range []func() error{r.teams, r.again, r.topics, r.phrases, r.quiet} {
		if err := find(); err != nil {
			return err
		}
	}
	users := make([]models.UserID, 0, len(r.why))
	for u := range r.why {
		users = append(users, u)
	}
	slices.Sort(users)
	for _, u := range users {
		if err := tx.Notify(e, []models.UserID{u}, r.params(u)); err != nil {
			return err
		}
	}
	return nil
}

// noticeWhy is one reason of "why you get this". A subscription is named by its id, so that it
// can be ended from the notice; a team, so that its suggestions can be muted there.
type noticeWhy struct {
	By           string                `json:"by"` // challenge, chain, domain, capability, text, team
	Value        string                `json:"value"`
	Name         string                `json:"name"`
	NameEn       string                `json:"name_en"`
	Subscription models.SubscriptionID `json:"subscription,omitempty"`
	Band         string                `json:"band,omitempty"`    // of a team: how well it fits
	Reasons      []string              `json:"reasons,omitempty"` // and the parts of the score that weigh most
	score        float64
}

// readers gathers who is told of one challenge, and why.
type readers struct {
	tx  *models.Tx
	c   *models.Challenge
	why map[models.UserID][]noticeWhy
}

// leadsFrom is the band from which the lead of a team is told without having asked.
const leadsFrom = "good"

// teams finds the teams the challenge suits. Who is on a team may ask to be told from another
// band up; the lead is told from good on unless he has asked otherwise.
func (r *readers) teams() error {
	teams, err := r.tx.Teams()
	if err != nil {
		return err
	}
	list, err := question.Rank(r.tx, r.c, teams)
	if err != nil {
		return err
	}
	suits, ids := map[models.TeamID]fit.Match{}, []models.TeamID{}
	for _, m := range list {
		if id := models.TeamID(m.Team); m.Eligible && fit.Band(m.Score) != "weak" {
			suits[id] = m
			ids = append(ids, id)
		}
	}
	names := map[models.TeamID]string{}
	for _, t := range teams {
		names[t.ID] = t.Name
	}
	leads, err := r.tx.LeadsOn(ids)
	if err != nil {
		return err
	}
	muted, err := r.tx.MutedTeams()
	if err != nil {
		return err
	}
	tell := func(u models.UserID, id models.TeamID, from string, s models.SubscriptionID) {
		m := suits[id]
		if band := fit.Band(m.Score); question.AtLeast(band, from) && !muted[u][id] {
			r.why[u] = append(r.why[u], noticeWhy{By: models.ByTeam, Value: string(id), Name: names[id], NameEn: names[id], Subscription: s,
				Band: band, Reasons: question.Strongest(m.Sum, 2), score: m.Score})
		}
	}
	asked, err := r.asked(suits)
	if err != nil {
		return err
	}
	for _, s := range asked {
		id := models.TeamID(s.Value)
		tell(s.User, id, s.Band, s.ID)
		if leads[id] == s.User {
			delete(leads, id)
		}
	}
	for id, u := range leads {
		tell(u, id, leadsFrom, "")
	}
	return nil
}

// asked are the subscriptions to the suggestions of these teams by people who are still on them.
func (r *readers) asked(suits map[models.TeamID]fit.Match) ([]models.Subscription, error) {
	list, err := r.tx.SubscribersBy(models.ByTeam)
	if err != nil {
		return nil, err
	}
	ids := []models.TeamID{}
	for _, s := range list {
		if _, ok := suits[models.TeamID(s.Value)]; ok && !slices.Contains(ids, models.TeamID(s.Value)) {
			ids = append(ids, models.TeamID(s.Value))
		}
	}
	on, err := r.tx.UsersOnTeams(ids)
	return slices.DeleteFunc(list, func(s models.Subscription) bool { return !slices.Contains(on[models.TeamID(s.Value)], s.User) }), err
}

// again finds who follows the unfilled challenge that this one was made from.
func (r *readers) again() error {
	if r.c.RepostOf == "" {
		return nil
	}
	return followers(r.tx, r.c.RepostOf, func(u models.UserID, why noticeWhy) error {
		r.why[u] = append(r.why[u], why)
		return nil
	})
}

// topics finds who subscribed to the chain or a tag.
func (r *readers) topics() error {
	all, err := r.tx.TopicsOf(*r.c)
	if err != nil {
		return err
	}
	list, err := r.tx.SubscribersTo(all[r.c.ID])
	if err != nil || len(list) == 0 {
		return err
	}
	words := map[string]map[string]models.Term{}
	for _, kind := range []string{models.ByChain, models.ByDomain, models.ByCapability} {
		terms, err := r.tx.Vocabulary(kind)
		if err != nil {
			return err
		}
		words[kind] = models.Terms(terms)
	}
	for _, s := range list {
		w := noticeWhy{By: s.By, Value: s.Value, Name: s.Value, NameEn: s.Value, Subscription: s.ID}
		if t, ok := words[s.By][s.Value]; ok {
			w.Name, w.NameEn = t.NameZh, t.NameEn
		}
		r.why[s.User] = append(r.why[s.User], w)
	}
	return nil
}

// phrases finds who subscribed to words that the public list would find the challenge by.
// The index is asked once for each different search.
func (r *readers) phrases() error {
	list, err := r.tx.SubscribersBy(models.ByText)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return nil
	}
	read, err := question.NewSearch(r.tx)
	if err != nil {
		return err
	}
	found := map[string]bool{}
	for _, s := range list {
		hit, known := found[s.Value]
		if !known {
			if hit, err = r.tx.FindsOne(r.c, models.ChallengeFilter{Sought: read.Read(s.Value)}); err != nil {
				return err
			}
			found[s.Value] = hit
		}
		if hit {
			r.why[s.User] = append(r.why[s.User], noticeWhy{By: s.By, Value: s.Value, Name: s.Value, NameEn: s.Value, Subscription: s.ID})
		}
	}
	return nil
}

// quiet takes out whoever must or will not be told.
func (r *readers) quiet() error {
	posts, err := owners(r.tx, r.c)
	if err != nil {
		return err
	}
	for _, u := range posts {
		delete(r.why, u)
	}
	all, err := r.tx.TopicsOf(*r.c)
	if err != nil {
		return err
	}
	muted, err := r.tx.MutedBy(all[r.c.ID])
	for u := range muted {
		delete(r.why, u)
	}
	return err
}

// params is the notice of one reader: his reasons, the best team first.
func (r *readers) params(u models.UserID) map[string]any {
	why := r.why[u]
	order := []string{models.ByTeam, models.ByChallenge, models.ByChain, models.ByDomain, models.ByCapability, models.ByText}
	slices.SortFunc(why, func(a, b noticeWhy) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.By), slices.Index(order, b.By)), cmp.Compare(b.score, a.score), cmp.Compare(a.Value, b.Value))
	})
	if best := why[0]; best.By == models.ByTeam {
		p := with(with(params(r.c, "team"), "team", best.Value), "score", math.Round(best.score))
		return with(with(with(p, "reasons", best.Reasons), "band", best.Band), "why", why)
	}
	as := "subscriber"
	if why[0].By == models.ByChallenge {
		as = "follower"
	}
	return with(params(r.c, as), "why", why)
}
