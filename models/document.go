package models

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jiebang/internal/problem"
)

// Document is a file that belongs to a thing. Its bytes lie in the blob store under their
// digest; who may read the thing's show view may download it.
type Document struct {
	ID        DocumentID `gorm:"column:id;primaryKey"`
	OwnerKind Kind       `gorm:"column:owner_kind"`
	OwnerID   string     `gorm:"column:owner_id"`
	Purpose   string     `gorm:"column:purpose"` // attachment, fund_proof, agreement, evidence, …
	Name      string     `gorm:"column:name"`    // as uploaded; downloads get a neutral name
	Media     string     `gorm:"column:media_type"`
	Size      int64      `gorm:"column:size"`
	SHA256    string     `gorm:"column:sha256"`
	Audience  string     `gorm:"column:audience"` // readers: whoever may see the thing; parties: only who may act on it
	By        UserID     `gorm:"column:uploaded_by"`
	Life
}

func (*Document) kind() Kind    { return KindDocument }
func (d *Document) key() string { return string(d.ID) }
func (d *Document) roles(tx *Tx) (Role, error) {
	var r Role
	if tx.Actor.User != "" && tx.Actor.User == d.By {
		r |= Self | Reader
	}
	parent, err := tx.owner(d.OwnerKind, d.OwnerID)
	if err != nil || parent == nil {
		return r, err
	}
	show := groupOf(d.OwnerKind).show
	if c, ok := parent.(*Challenge); d.Audience == "parties" {
		show = TrailShow
	} else if ok && !c.tells(tx.Actor) {
		signed, err := tx.MyNDAs(c.ID)
		if err != nil {
			return r, err
		}
		if len(signed) == 0 {
			show = TrailShow
		}
	}
	ok, err := tx.Sees(show, parent)
	if ok {
		r |= Reader
	}
	return r, err
}

// tells reports whether the confidentiality of a challenge lets somebody without a part in it
// read its detail and its files, once he may see it.
func (c *Challenge) tells(a Actor) bool {
	return c.Confidential == "public" || c.Confidential == "summary" && a.User != ""
}

// owner finds what a document belongs to.
func (tx *Tx) owner(kind Kind, id string) (thing, error) {
	switch kind {
	case KindChallenge:
		return tx.Challenge(ChallengeID(id))
	case KindBid:
		return tx.Bid(BidID(id))
	case KindTeam:
		return tx.Team(TeamID(id))
	case KindOrg:
		return tx.Org(OrgID(id))
	case KindAlliance:
		return tx.Alliance(AllianceID(id))
	case KindObjection:
		return find[Objection](tx, id)
	case KindIntegrity:
		return tx.IntegrityOf(IntegrityID(id))
	}
	return nil, problem.Missing()
}

// ThingFor loads the thing of a kind for an action, where the kind comes from outside.
func (tx *Tx) ThingFor(action Action, kind Kind, id string) (thing, error) {
	switch kind {
	case KindChallenge:
		return tx.ChallengeFor(action, ChallengeID(id))
	case KindBid:
		return tx.BidFor(action, BidID(id))
	case KindTeam:
		return tx.TeamFor(action, TeamID(id))
	case KindOrg:
		return tx.OrgFor(action, OrgID(id))
	case KindAlliance:
		return tx.AllianceFor(action, AllianceID(id))
	case KindObjection:
		return tx.ObjectionFor(action, ObjectionID(id))
	case KindIntegrity:
		return tx.IntegrityFor(action, IntegrityID(id))
	case KindNeed:
		return tx.NeedFor(action, NeedID(id))
	case KindRoleRequest:
		return tx.RoleRequestFor(action, RoleRequestID(id))
	}
	return nil, problem.Missing()
}

// PurposeBlind is a file of a bid for experts who judge blind.
const PurposeBlind = "blind"

// NewDocument makes a document with a fresh id; it is not saved.
func NewDocument(kind Kind, id string) *Document {
	return &Document{ID: newID[DocumentID]("doc"), OwnerKind: kind, OwnerID: id, Audience: "readers"}
}

// DocumentFor loads a document for an action.
func (tx *Tx) DocumentFor(action Action, id DocumentID) (*Document, error) {
	return load[Document](tx, action, "doc", string(id))
}

// DocumentsOf lists the files of a thing, oldest first.
func (tx *Tx) DocumentsOf(kind Kind, id string) ([]Document, error) {
	list := []Document{}
	return list, tx.db.Where("owner_kind = ? and owner_id = ? and state = ?", kind, id, DocumentStored).Order("created_at, id").Find(&list).Error
}

// DocumentsByID reads several documents at once, without asking the table.
func (tx *Tx) DocumentsByID(ids []DocumentID) (map[DocumentID]Document, error) {
	found := map[DocumentID]Document{}
	if len(ids) == 0 {
		return found, nil
	}
	var rows []Document
	err := tx.db.Where("id in ?", ids).Find(&rows).Error
	for _, d := range rows {
		found[d.ID] = d
	}
	return found, err
}

// HoldContent makes this unit of work the only one that records or drops documents with a
// content until it ends, and counts the stored documents that share it: so that nobody
// deletes bytes which somebody else is just about to refer to.
func (tx *Tx) HoldContent(sha256 string) (int64, error) {
	if tx.store.dialect == "postgres" { // SQLite has one writer anyhow
		if err := tx.db.Exec("select pg_advisory_xact_lock(hashtextextended(?, 0))", "content "+sha256).Error; err != nil {
			return 0, err
		}
	}
	var n int64
	return n, tx.db.Model(&Document{}).Where("sha256 = ? and state = ?", sha256, DocumentStored).Count(&n).Error
}

// A document goes only while one could still add another in its place, and while nothing
// that counts refers to it.
var removable = &guard{name: "while its thing may be changed and nothing refers to it"}

func init() { removable.ok = documentRemovable } // it asks the table, which names it

func documentRemovable(tx *Tx, t thing) error {
	d := t.(*Document)
	parent, err := tx.owner(d.OwnerKind, d.OwnerID)
	if err != nil {
		return err
	}
	if err := tx.check(DocumentUpload, parent); err != nil {
		return err
	}
	used, err := tx.refers(d, parent)
	return refuse(err, used, "document.in_use", "Something refers to this document; change that first.")
}

// refers reports whether a sealed bid, evidence or a proof of funds needs the document.
func (tx *Tx) refers(d *Document, parent thing) (bool, error) {
	if b, ok := parent.(*Bid); ok {
		e, err := tx.EnvelopeOf(b)
		return e != nil && strings.Contains(e.Content, `"`+string(d.ID)+`"`), err
	}
	var n int64
	err := tx.db.Raw(`select (select count(*) from evidence where document_id = ?) + (select count(*) from challenges where fund_proof_id = ?)`,
		d.ID, d.ID).Scan(&n).Error
	return n > 0, err
}

// Notice tells a person of something that concerns him (通知).
type Notice struct {
	ID        NoticeID             `gorm:"column:id;primaryKey"`
	User      UserID               `gorm:"column:user_id"`
	Kind      string               `gorm:"column:kind"` // the action it tells of
	ThingKind Kind                 `gorm:"column:thing_kind"`
	Thing     string               `gorm:"column:thing"`
	Params    JSON[map[string]any] `gorm:"column:params"` // what the words need: titles, dates
	Event     EventID              `gorm:"column:event_id"`
	CreatedAt time.Time            `gorm:"column:created_at;autoCreateTime:false"`
	ReadAt    *time.Time           `gorm:"column:read_at"`
}

// Notify leaves one notice per person and event, dated as the event, and plans its letter; a second delivery of the event leaves none.
func (tx *Tx) Notify(e Event, users []UserID, params map[string]any) error {
	for _, u := range users {
		if u == "" || u == e.Actor {
			continue
		}
		done := tx.db.Exec(`insert into notices (id, user_id, kind, thing_kind, thing, params, event_id, created_at)
			values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (user_id, event_id) do nothing`,
			newID[NoticeID]("ntc"), u, e.Action, e.Kind, e.Thing, J(params), e.ID, e.At)
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			continue
		}
		if err := tx.writeLetter(e, u, params); err != nil {
			return fmt.Errorf("write the letter of %s to %s: %w", e.ID, u, err)
		}
	}
	return nil
}

// NoticeFilter narrows a person's notices.
type NoticeFilter struct {
	Unread bool
	Groups []string // of kinds, as the settings have them
	Words  string   // of the title or the code of what is told of
}

// NoticePage lists the actor's notices, newest first.
func (tx *Tx) NoticePage(f NoticeFilter, after Cursor, limit int) ([]Notice, error) {
	list := []Notice{}
	q := tx.db.Where("user_id = ?", tx.Actor.User)
	if f.Unread {
		q = q.Where("read_at is null")
	}
	if len(f.Groups) > 0 {
		kinds := []Action{}
		for _, k := range NoticeKinds {
			if slices.Contains(f.Groups, k.Group) {
				kinds = append(kinds, k.Kind)
			}
		}
		q = q.Where("kind in ?", kinds)
	}
	if w := strings.TrimSpace(f.Words); w != "" {
		param := func(name string) string {
			if tx.store.dialect == "sqlite" {
				return "lower(json_extract(params, '$." + name + "'))"
			}
			return "lower(params::json->>'" + name + "')"
		}
		like := contains(strings.ToLower(w))
		q = q.Where("("+param("title")+" like ? escape '\\' or "+param("code")+" like ? escape '\\')", like, like)
	}
	return list, after.by(q, "created_at", true).Limit(limit).Find(&list).Error
}

// UnreadNotices counts what the actor has not read.
func (tx *Tx) UnreadNotices() (int64, error) {
	var n int64
	return n, tx.db.Model(&Notice{}).Where("user_id = ? and read_at is null", tx.Actor.User).Count(&n).Error
}

// ReadNotices marks notices of the actor as read: the named ones, or all.
func (tx *Tx) ReadNotices(ids []NoticeID) error {
	q := tx.db.Model(&Notice{}).Where("user_id = ? and read_at is null", tx.Actor.User)
	if len(ids) > 0 {
		q = q.Where("id in ?", ids)
	}
	return q.Update("read_at", tx.Now).Error
}

// Answer is the kept answer to a call with an Idempotency-Key.
type Answer struct {
	User   UserID    `gorm:"column:user_id;primaryKey"`
	Key    string    `gorm:"column:key;primaryKey"`
	Call   string    `gorm:"column:call"` // operation and digest of the request
	Status int       `gorm:"column:status"`
	Body   string    `gorm:"column:body"`
	At     time.Time `gorm:"column:at"`
}

// Once reserves an Idempotency-Key for a call. It returns nil when the call is new; KeepAnswer
// then completes the row in the same unit of work. It returns the kept answer when the same
// call was made before, and a problem when the key was used for another call.
func (tx *Tx) Once(key, call string) (*Answer, error) {
	done := tx.db.Exec(`insert into answers (user_id, key, call, status, body, at) values (?, ?, ?, 0, '', ?)
		on conflict (user_id, key) do nothing`, tx.Actor.User, key, call, tx.Now)
	if done.Error != nil || done.RowsAffected == 1 {
		return nil, done.Error
	}
	a, err := take[Answer](tx.db.Where("user_id = ? and key = ?", tx.Actor.User, key))
	if err != nil {
		return nil, err
	}
	if a == nil || a.Call != call {
		return nil, problem.New(problem.Conflict, "request.key_reused", "This Idempotency-Key was used for another call; make a new one.")
	}
	return a, nil
}

// KeepAnswer keeps the answer under its key, for a day at least.
func (tx *Tx) KeepAnswer(key string, status int, body string) error {
	return tx.db.Model(&Answer{}).Where("user_id = ? and key = ?", tx.Actor.User, key).
		Updates(map[string]any{"status": status, "body": body}).Error
}

// ForgetAnswers drops kept answers older than the given age, and sessions that ended long ago.
func (tx *Tx) ForgetAnswers(age time.Duration) error {
	return tx.db.Where("at < ?", tx.Now.Add(-age)).Delete(&Answer{}).Error
}
