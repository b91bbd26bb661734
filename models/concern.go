package models

import (
	"errors"
	"slices"

	"gorm.io/gorm"

	"jiebang/internal/problem"
)

// still says in which states of its thing a notice is worth sending; what is not listed tells of
// something that stays true.
var still = map[string][]string{
	string(NeedSubmit): {NeedSubmitted}, string(NeedArgue): {NeedInArgument}, string(NeedReplace): {NeedInArgument}, string(NeedScore): {NeedInArgument},
	string(ChallengeSubmit):                  {ChallengeSubmitted},
	string(ChallengePublish) + "/team":       {ChallengePublished},
	string(ChallengePublish) + "/subscriber": {ChallengePublished},
	string(ChallengeRemind):                  {ChallengePublished},
	string(InvitationSend):                   {InvitationSent},
	string(BidRequest):                       {BidPending, BidSubmitted},
	string(AssignmentInvite):                 {AssignmentInvited},
	string(ObjectionFile):                    {ObjectionFiled},
	string(ChallengeCommend):                 {ChallengeSubmitted},
	string(QuestionAsk):                      {QuestionAsked},
	string(AmendmentPropose):                 {AmendmentProposed},
	string(WaiverAsk):                        {WaiverAsked},
	string(IntegrityAppeal):                  {IntegrityAppealed},
	string(ChallengePublish) + "/follower":   {ChallengePublished},
}

// Unfit asks at the last moment whether a letter may go out: whether the person is still there,
// wants it, may still see what it tells of and still is to it what he was told as, and whether
// it is still news. It answers "" when all is well, else the reason for cancelling.
func (tx *Tx) Unfit(l *Letter) (reason string, err error) {
	if l.HoldsKey() {
		return tx.keyIsDead(l)
	}
	u, err := tx.UserByID(l.User)
	if err != nil {
		return "", err
	}
	switch {
	case u == nil || u.State != UserActive:
		return "account_disabled", nil
	case u.Email == "":
		return "no_address", nil
	}
	if l.ResentAt == nil { // an operator who sends again has been asked to
		s, choices, err := tx.NoticeSettingsOf(l.User)
		if err != nil {
			return "", err
		}
		if s.Mail == MailOff || choices[l.Kind] == MailOff {
			return "unsubscribed", nil
		}
	}
	err = tx.as(u, func() error {
		reason, err = tx.concerns(l)
		return err
	})
	return reason, err
}

// as lets a question be asked with a person's rights as they are now, without his session.
func (tx *Tx) as(u *User, ask func() error) error {
	before := tx.Actor
	defer func() { tx.Actor = before }()
	a := Actor{User: u.ID, Login: u.Login, Name: u.Name, Orgs: map[OrgID]string{}, Teams: map[TeamID]bool{},
		Confirmed: &tx.Now} // an office is held without a session too: what asks for the second factor is its use
	if err := tx.relate(&a); err != nil {
		return err
	}
	tx.Actor = a
	return ask()
}

func (tx *Tx) concerns(l *Letter) (string, error) {
	t, err := tx.toldOf(l.ThingKind, l.Thing)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return "no_right", nil
	}
	if err != nil {
		return "", err
	}
	if seen, err := tx.Sees(groupOf(t.kind()).show, t); err != nil || !seen {
		return "no_right", err
	}
	as, _ := l.Params.V["as"].(string)
	for _, key := range []string{string(l.Kind), string(l.Kind) + "/" + as} {
		if states, listed := still[key]; listed && !slices.Contains(states, t.life().State) {
			return "overtaken", nil
		}
	}
	ok, err := tx.isAs(l, t, as)
	if err != nil || !ok {
		return "no_right", err
	}
	if as == "subscriber" || as == "team" || as == "follower" {
		return tx.wanted(l)
	}
	return "", nil
}

// toldOf reads the thing a notice tells of, without asking the table.
func (tx *Tx) toldOf(kind Kind, id string) (thing, error) {
	switch kind {
	case KindChallenge:
		return find[Challenge](tx, id)
	case KindBid:
		return find[Bid](tx, id)
	case KindAssignment:
		return find[Assignment](tx, id)
	case KindInvitation:
		return find[Invitation](tx, id)
	case KindObjection:
		return find[Objection](tx, id)
	case KindWebhook:
		return find[Webhook](tx, id)
	case KindQuestion:
		return find[Question](tx, id)
	case KindAmendment:
		return find[Amendment](tx, id)
	case KindNDA:
		return find[NDA](tx, id)
	case KindWaiver:
		return find[Waiver](tx, id)
	case KindOrg:
		return find[Org](tx, id)
	case KindAlliance:
		return find[Alliance](tx, id)
	case KindIntegrity:
		return find[Integrity](tx, id)
	case KindNeed:
		return find[Need](tx, id)
	}
	return nil, gorm.ErrRecordNotFound
}

// isAs reports whether the actor still is to a thing what its notice told him as.
func (tx *Tx) isAs(l *Letter, t thing, as string) (bool, error) {
	of := func(t thing, want Role) (bool, error) {
		have, err := t.roles(tx)
		return have&want != 0, err
	}
	text := func(key string) string {
		s, _ := l.Params.V[key].(string)
		return s
	}
	switch t.kind() {
	case KindAlliance: // every member is told as the alliance, and the one whose seat has ended as the last thing
		if as == "officer" {
			return of(t, Officer)
		}
		if l.Kind == AllianceEndMember || l.Kind == AllianceRecall {
			return tx.Actor.Administers(OrgID(text("org"))), nil
		}
		return of(t, Owner|Institution)
	case KindOrg:
		return of(t, Institution)
	case KindIntegrity:
		if as == "subject" {
			return of(t, Self)
		}
		return of(t, Officer)
	case KindNeed:
		return of(t, map[string]Role{"owner": Owner, "officer": Officer, "expert": Judge}[as])
	}
	switch as {
	case "owner", "officer":
		c, err := tx.challengeOf(t)
		if err != nil {
			return false, err
		}
		if as == "owner" {
			return of(c, Owner)
		}
		return of(c, Officer)
	case "bidder", "institution":
		if id := text("bid"); t.kind() != KindBid && id != "" {
			b, err := find[Bid](tx, id)
			if err != nil {
				return false, err
			}
			t = b
		}
		return of(t, Bidder|Lead|Institution)
	case "expert":
		if t.kind() == KindAssignment {
			return of(t, Self)
		}
		var n int64
		err := tx.db.Model(&Assignment{}).Where("challenge_id = ? and user_id = ? and state in ?", t.key(), tx.Actor.User,
			[]string{AssignmentInvited, AssignmentAccepted, AssignmentDone}).Count(&n).Error
		return n > 0, err
	case "team":
		_, on := tx.Actor.Teams[TeamID(text("team"))]
		return on, nil
	case "objector", "asker":
		return of(t, Self)
	case "replaced":
		return of(t, Self)
	}
	return true, nil
}

// wanted asks whether what a person gets for having asked, or for his team, is still wanted.
func (tx *Tx) wanted(l *Letter) (string, error) {
	c, err := tx.Challenge(l.Challenge)
	if err != nil {
		return "", err
	}
	if l.Kind == ChallengePublish && (c.Deadline == nil || !tx.Now.Before(*c.Deadline)) {
		return "overtaken", nil
	}
	topics, err := tx.TopicsOf(*c)
	if err != nil {
		return "", err
	}
	muted, err := tx.MutedBy(topics[c.ID])
	if err != nil || muted[l.User] {
		return "unsubscribed", err
	}
	why, _ := l.Params.V["why"].([]any)
	ids := []string{}
	for _, w := range why {
		if m, ok := w.(map[string]any); ok {
			if id, _ := m["subscription"].(string); id != "" {
				ids = append(ids, id)
			} else {
				return "", nil // a reason that is no subscription: the team it suits
			}
		}
	}
	if len(ids) == 0 {
		return "", nil
	}
	var n int64
	err = tx.db.Model(&Subscription{}).Where("id in ? and user_id = ? and state = ?", ids, l.User, SubscriptionActive).Count(&n).Error
	if n == 0 {
		return "unsubscribed", err
	}
	return "", err
}

// MayKnow reports whether the actor himself may see the thing a letter tells of.
func (tx *Tx) MayKnow(l *Letter) (bool, error) {
	if l.HoldsKey() {
		return tx.Actor.Operator, nil // whom it is to; what opens is not in it
	}
	t, err := tx.toldOf(l.ThingKind, l.Thing)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	g := groupOf(t.kind())
	err = tx.check(g.show, t)
	if problem.As(err) != nil {
		return false, nil
	}
	return err == nil, err
}

// Assignment reads an assignment that an event tells of, without asking the table.
func (tx *Tx) Assignment(id AssignmentID) (*Assignment, error) {
	return find[Assignment](tx, string(id))
}
