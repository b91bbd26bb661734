package matches

import (
	"strings"
	"time"
	"unicode/utf8"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/models"
)

// SubscriptionBody says what a person wants to be told of.
type SubscriptionBody struct {
	By    string `json:"by" enum:"challenge,chain,domain,capability,text,team" doc:"One challenge of the public list and what becomes of it, a chain, a domain tag or a group of them, a capability tag, words as in a search, or the suggestions of one's team"`
	Value string `json:"value" minLength:"1" maxLength:"200" doc:"The code, the words, or the team's id"`
	Band  string `json:"band" required:"false" enum:"fair,good,strong" doc:"Of a team: from which band up; good where nothing is said"`
}

// Subscription is what its person asked to be told of.
type Subscription struct {
	ID        models.SubscriptionID `json:"id"`
	Version   int64                 `json:"version"`
	State     string                `json:"state"`
	Topic     MatchTopic            `json:"topic"`
	Band      string                `json:"band"`
	CreatedAt time.Time             `json:"created_at"`
	Actions   []models.Action       `json:"actions"`
}

// MatchTopic is a topic with its words.
type MatchTopic struct {
	By     string `json:"by" enum:"challenge,org,chain,domain,capability,text,team"`
	Value  string `json:"value"`
	Name   string `json:"name"`
	NameEn string `json:"name_en"`
}

// SubscriptionsInput asks for one's own.
type SubscriptionsInput struct{}

// SubscriptionList is all a person has; there is an end to how many that are.
type SubscriptionList struct {
	Items []Subscription `json:"items"`
	Most  int            `json:"most" doc:"How many one may have"`
}

// Subscriptions lists the caller's own, newest first.
func Subscriptions(tx *models.Tx, _ *SubscriptionsInput) (*SubscriptionList, error) {
	if _, err := tx.Me(models.SubscriptionList); err != nil {
		return nil, err
	}
	rows, err := tx.MySubscriptions()
	if err != nil {
		return nil, err
	}
	out := &SubscriptionList{Most: models.SubscriptionsPerPerson}
	topics := make([]models.Topic, len(rows))
	for i := range rows {
		topics[i] = rows[i].Topic
	}
	w, err := wording(tx, topics)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		v, err := subscriptionView(tx, &rows[i], w)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, *v)
	}
	return out, nil
}

// SubscribeInput is a new subscription.
type SubscribeInput struct{ Body SubscriptionBody }

// Subscribe asks that the caller be told of new challenges on a topic.
func Subscribe(tx *models.Tx, in *SubscribeInput) (*Subscription, error) {
	me, err := tx.Me(models.SubscriptionAdd)
	if err != nil {
		return nil, err
	}
	topic, band, err := subscribed(tx, in.Body)
	if err != nil {
		return nil, err
	}
	s := tx.NewSubscription(topic, band)
	if err := tx.Make(models.SubscriptionAdd, me, s, models.Note{}); err != nil {
		return nil, err
	}
	return showSubscription(tx, s)
}

// subscribed holds a body to what there is to subscribe to.
func subscribed(tx *models.Tx, body SubscriptionBody) (models.Topic, string, error) {
	topic := models.Topic{By: body.By, Value: strings.TrimSpace(body.Value)}
	var f problem.Fields
	if err := known(tx, topic, &f); err != nil {
		return topic, "", err
	}
	band := body.Band
	switch {
	case topic.By == models.ByText:
		f.Require(len(question.Phrases(topic.Value)) > 0, "value", "subscription.no_words", "must hold a word that can be searched for")
	case topic.By == models.ByTeam && band == "":
		band = "good"
	}
	f.Require(topic.By == models.ByTeam || band == "", "band", "subscription.no_band", "belongs to a team's suggestions only; leave it out")
	return topic, band, f.Problem("subscription.invalid", "This cannot be subscribed to.")
}

// known holds a topic to what exists. Chains and tags may be of any version there ever was:
// a challenge of a newer catalogue still meets what its code goes back to.
func known(tx *models.Tx, topic models.Topic, f *problem.Fields) error {
	const code = "topic.unknown"
	switch topic.By {
	case models.ByChain, models.ByDomain, models.ByCapability:
		there, err := tx.TermsEver(topic.By, []string{topic.Value})
		f.Require(err != nil || there[topic.Value], "value", code, "is no %s of the catalogue; use its code", topic.By)
		return err
	case models.ByTeam:
		_, mine := tx.Actor.Teams[models.TeamID(topic.Value)]
		f.Require(mine, "value", "topic.not_your_team", "must be a team you are on")
	case models.ByOrg:
		o, err := tx.OrgsByID([]models.OrgID{models.OrgID(topic.Value)})
		f.Require(err != nil || len(o) > 0, "value", code, "is no unit; use its id")
		return err
	case models.ByChallenge:
		_, err := tx.Listed(models.ChallengeID(topic.Value))
		if p := problem.As(err); p != nil {
			f.Add("value", code, "is no challenge of the public list; use its id")
			return nil
		}
		return err
	case models.ByText:
		f.Require(utf8.RuneCountInString(topic.Value) >= 2, "value", "field.length", "must have at least 2 characters")
	}
	return nil
}

// SubscriptionInput names a subscription.
type SubscriptionInput struct {
	ID models.SubscriptionID `path:"id"`
}

// ShowSubscription shows one of the caller's own.
func ShowSubscription(tx *models.Tx, in *SubscriptionInput) (*Subscription, error) {
	s, err := tx.SubscriptionFor(models.SubscriptionShow, in.ID)
	if err != nil {
		return nil, err
	}
	return showSubscription(tx, s)
}

// ResubscribeInput is a subscription as it should be from now on.
type ResubscribeInput struct {
	ID   models.SubscriptionID `path:"id"`
	Body SubscriptionBody
}

// Resubscribe changes what a subscription asks for.
func Resubscribe(tx *models.Tx, in *ResubscribeInput) (*Subscription, error) {
	s, err := tx.SubscriptionFor(models.SubscriptionEdit, in.ID)
	if err != nil {
		return nil, err
	}
	if s.Topic, s.Band, err = subscribed(tx, in.Body); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.SubscriptionEdit, s, models.Note{}); err != nil {
		return nil, err
	}
	return showSubscription(tx, s)
}

// Unsubscribe ends a subscription. A notice names the subscriptions it came by, so that this
// can be done from there.
func Unsubscribe(tx *models.Tx, in *SubscriptionInput) (*Subscription, error) {
	s, err := tx.SubscriptionFor(models.SubscriptionEnd, in.ID)
	if err != nil {
		return nil, err
	}
	if err := tx.Apply(models.SubscriptionEnd, s, models.Note{}); err != nil {
		return nil, err
	}
	return showSubscription(tx, s)
}

func showSubscription(tx *models.Tx, s *models.Subscription) (*Subscription, error) {
	w, err := wording(tx, []models.Topic{s.Topic})
	if err != nil {
		return nil, err
	}
	return subscriptionView(tx, s, w)
}

func subscriptionView(tx *models.Tx, s *models.Subscription, w words) (*Subscription, error) {
	v := &Subscription{ID: s.ID, Version: s.Version, State: s.State, Topic: w.topic(s.Topic), Band: s.Band, CreatedAt: s.CreatedAt}
	var err error
	v.Actions, err = tx.Allowed(s)
	return v, err
}
