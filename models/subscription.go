package models

import (
	"fmt"
	"slices"

	"gorm.io/gorm"

	"jiebang/internal/problem"
)

// What a subscription or a mute may be about; the words of Topic.By.
const (
	ByChallenge  = "challenge"
	ByOrg        = "org"
	ByChain      = "chain"
	ByDomain     = "domain"
	ByCapability = "capability"
	ByText       = "text" // words as one types them into the search
	ByTeam       = "team" // what is suggested to one team
)

// The most one person may have at a time. They bound what a publication costs: it looks at
// every live subscription to words.
const (
	SubscriptionsPerPerson = 50
	MutesPerPerson         = 200
)

// Topic is what somebody wants to hear of, or to hear no more of: a chain, a tag, words, the
// suggestions of a team, a unit or one challenge.
type Topic struct {
	By    string `gorm:"column:topic"`
	Value string `gorm:"column:value"`
}

// Subscription (订阅) asks that a person be told of new challenges on a topic. Of a team's
// suggestions he is told from a band up.
type Subscription struct {
	ID   SubscriptionID `gorm:"column:id;primaryKey"`
	User UserID         `gorm:"column:user_id"`
	Topic
	Band string `gorm:"column:band"` // fair, good, strong; "" but for ByTeam
	Life
}

func (*Subscription) kind() Kind    { return KindSubscription }
func (s *Subscription) key() string { return string(s.ID) }
func (s *Subscription) roles(tx *Tx) (Role, error) {
	return self(tx, s.User), nil
}

// Mute (屏蔽) keeps a topic out of a person's suggestions and notices. The public list knows
// nothing of it.
type Mute struct {
	ID   MuteID `gorm:"column:id;primaryKey"`
	User UserID `gorm:"column:user_id"`
	Topic
	Life
}

func (*Mute) kind() Kind    { return KindMute }
func (m *Mute) key() string { return string(m.ID) }
func (m *Mute) roles(tx *Tx) (Role, error) {
	return self(tx, m.User), nil
}

func self(tx *Tx, user UserID) Role {
	if user != "" && tx.Actor.User == user {
		return Self
	}
	return 0
}

// NewSubscription makes the actor's subscription to a topic; it is not saved.
func (tx *Tx) NewSubscription(topic Topic, band string) *Subscription {
	return &Subscription{ID: newID[SubscriptionID]("sub"), User: tx.Actor.User, Topic: topic, Band: band}
}

// NewMute makes the actor's mute of a topic; it is not saved.
func (tx *Tx) NewMute(topic Topic) *Mute {
	return &Mute{ID: newID[MuteID]("mut"), User: tx.Actor.User, Topic: topic}
}

// SubscriptionFor loads a subscription for an action.
func (tx *Tx) SubscriptionFor(action Action, id SubscriptionID) (*Subscription, error) {
	return load[Subscription](tx, action, "sub", string(id))
}

// MuteFor loads a mute for an action.
func (tx *Tx) MuteFor(action Action, id MuteID) (*Mute, error) {
	return load[Mute](tx, action, "mut", string(id))
}

// MySubscriptions lists the actor's live subscriptions, newest first.
func (tx *Tx) MySubscriptions() ([]Subscription, error) {
	list := []Subscription{}
	return list, tx.db.Where("user_id = ? and state = ?", tx.Actor.User, SubscriptionActive).Order("created_at desc, id").Find(&list).Error
}

// MyMutes lists the actor's live mutes, newest first.
func (tx *Tx) MyMutes() ([]Mute, error) {
	list := []Mute{}
	return list, tx.db.Where("user_id = ? and state = ?", tx.Actor.User, MuteActive).Order("created_at desc, id").Find(&list).Error
}

// The account's row is locked by whoever adds, so that two at once cannot both be the last.
var (
	roomForSubscription = room(&Subscription{}, SubscriptionsPerPerson, "subscription.too_many")
	roomForMute         = room(&Mute{}, MutesPerPerson, "mute.too_many")
)

func room(of any, most int, code string) *guard {
	return &guard{fmt.Sprintf("while there are fewer than %d", most), func(tx *Tx, t thing) error {
		var n int64
		err := tx.db.Model(of).Where("user_id = ? and state = 'active'", t.key()).Count(&n).Error
		return refuse(err, n >= int64(most), code, fmt.Sprintf("You have %d of these already; end one first.", most))
	}}
}

// TopicsOf names everything by which a challenge can be subscribed to or muted, apart from
// words and teams: its chain and those of earlier catalogues that the chain goes back to, its
// tags with the groups above them, and its unit. The unit of an anonymous owner is not among
// them: whoever muted all units in turn would learn who the owner is from what stops coming.
func (tx *Tx) TopicsOf(list ...Challenge) (map[ChallengeID][]Topic, error) {
	chains, err := tx.Vocabulary("chain")
	if err != nil {
		return nil, err
	}
	domains, err := tx.Vocabulary("domain")
	if err != nil {
		return nil, err
	}
	earlier, above := map[string][]string{}, map[string][]string{}
	for _, t := range chains {
		earlier[t.Code] = append(earlier[t.Code], t.MapsTo.V...)
		if t.Merged != "" {
			earlier[t.Code] = append(earlier[t.Code], t.Merged)
		}
	}
	for _, t := range domains {
		for _, up := range []string{t.Parent, t.Merged} {
			if up != "" {
				above[t.Code] = append(above[t.Code], up)
			}
		}
	}
	found := make(map[ChallengeID][]Topic, len(list))
	for i := range list {
		c := &list[i]
		topics := []Topic{{ByChallenge, string(c.ID)}}
		if !c.AnonymousOwner || c.State == ChallengeAwarded {
			topics = append(topics, Topic{ByOrg, string(c.Owner)})
		}
		if c.Chain != "" {
			topics = reached(topics, ByChain, c.Chain, earlier)
		}
		for _, tag := range c.Tags.V {
			topics = reached(topics, ByDomain, tag, above)
		}
		for _, n := range c.Capabilities.V {
			topics = reached(topics, ByCapability, n.Tag, nil)
		}
		found[c.ID] = topics
	}
	return found, nil
}

// reached adds a code and all that can be reached from it; a circle in a catalogue ends it.
func reached(topics []Topic, by, code string, next map[string][]string) []Topic {
	if t := (Topic{by, code}); !slices.Contains(topics, t) {
		topics = append(topics, t)
		for _, up := range next[code] {
			topics = reached(topics, by, up, next)
		}
	}
	return topics
}

// about narrows a query to rows on any of the topics. There must be one.
func about(q *gorm.DB, topics []Topic) *gorm.DB {
	values := map[string][]string{}
	for _, t := range topics {
		values[t.By] = append(values[t.By], t.Value)
	}
	var any *gorm.DB
	for _, by := range []string{ByChallenge, ByOrg, ByChain, ByDomain, ByCapability, ByTeam} {
		if len(values[by]) == 0 {
			continue
		}
		if any == nil {
			any = q.Session(&gorm.Session{NewDB: true}).Where("topic = ? and value in ?", by, values[by])
		} else {
			any = any.Or("topic = ? and value in ?", by, values[by])
		}
	}
	return q.Where(any)
}

const ofActive = "user_id in (select id from users where state = 'active')"

// SubscribersTo lists the live subscriptions of active accounts to any of the topics.
func (tx *Tx) SubscribersTo(topics []Topic) ([]Subscription, error) {
	list := []Subscription{}
	return list, about(tx.db.Where("state = ? and "+ofActive, SubscriptionActive), topics).Order("user_id, topic, value").Find(&list).Error
}

// SubscribersBy lists every live subscription of active accounts of one kind: to words or to
// a team's suggestions, which no value of a challenge finds.
func (tx *Tx) SubscribersBy(by string) ([]Subscription, error) {
	list := []Subscription{}
	return list, tx.db.Where("state = ? and topic = ? and "+ofActive, SubscriptionActive, by).Order("user_id, value").Find(&list).Error
}

// MutedBy is who has muted any of the topics.
func (tx *Tx) MutedBy(topics []Topic) (map[UserID]bool, error) {
	var users []UserID
	err := about(tx.db.Model(&Mute{}).Where("state = ?", MuteActive), topics).Distinct().Pluck("user_id", &users).Error
	found := make(map[UserID]bool, len(users))
	for _, u := range users {
		found[u] = true
	}
	return found, err
}

// MutedTeams is who has muted the suggestions of which teams.
func (tx *Tx) MutedTeams() (map[UserID]map[TeamID]bool, error) {
	var rows []Mute
	err := tx.db.Where("state = ? and topic = ?", MuteActive, ByTeam).Find(&rows).Error
	found := map[UserID]map[TeamID]bool{}
	for _, m := range rows {
		if found[m.User] == nil {
			found[m.User] = map[TeamID]bool{}
		}
		found[m.User][TeamID(m.Value)] = true
	}
	return found, err
}

// MutedByMe is which of some challenges the actor has muted, by whatever topic; and whether
// he has muted all suggestions of the team.
func (tx *Tx) MutedByMe(team TeamID, list []Challenge) (hidden map[ChallengeID]bool, all bool, err error) {
	hidden = map[ChallengeID]bool{}
	mine, err := tx.MyMutes()
	if err != nil || len(mine) == 0 {
		return hidden, false, err
	}
	topics, err := tx.TopicsOf(list...)
	if err != nil {
		return nil, false, err
	}
	muted := map[Topic]bool{}
	for _, m := range mine {
		muted[m.Topic] = true
	}
	for id, of := range topics {
		hidden[id] = slices.ContainsFunc(of, func(t Topic) bool { return muted[t] })
	}
	return hidden, muted[Topic{ByTeam, string(team)}], nil
}

// Listed reads a challenge that is, or was, on the public list; anything else is answered as
// not there.
func (tx *Tx) Listed(id ChallengeID) (*Challenge, error) {
	if !likelyID(string(id), "chl") {
		return nil, problem.Missing()
	}
	c, err := take[Challenge](tx.db.Where("id = ? and code <> ''", id))
	if err == nil && c == nil {
		return nil, problem.Missing()
	}
	return c, err
}
