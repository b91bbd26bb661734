package challenges

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

// NDAText is what a team promises, word for word.
type NDAText struct {
	Text   string          `json:"text"`
	Digest string          `json:"digest" doc:"SHA-256 of the text, to be given back when signing"`
	Signed []ChallengeNDA  `json:"signed" doc:"By the caller's own teams and units"`
	Teams  []ChallengeTeam `json:"teams" doc:"Teams the caller leads that have not signed"`
}

// ChallengeTeam is a team by name.
type ChallengeTeam struct {
	ID   models.TeamID `json:"id"`
	Name string        `json:"name"`
}

// ChallengeNDA is a team's promise.
type ChallengeNDA struct {
	ID        models.NDAID       `json:"id"`
	Version   int64              `json:"version"`
	Challenge models.ChallengeID `json:"challenge_id"`
	Team      ChallengeTeam      `json:"team"`
	Unit      string             `json:"unit"`
	Person    string             `json:"person" doc:"Who signed for the team"`
	At        time.Time          `json:"at"`
	Digest    string             `json:"digest"`
	Reads     []NDAAccess        `json:"reads" doc:"The access record, newest first"`
	Actions   []models.Action    `json:"actions"`
}

// NDAAccess is one reading.
type NDAAccess struct {
	Person string    `json:"person"`
	What   string    `json:"what" doc:"detail, or the name of a file"`
	At     time.Time `json:"at"`
}

// promise is the text, the same for everybody and without the owner's name.
func promise(c *models.Challenge) (text, digest string) {
	text = fmt.Sprintf(`保密承诺书

榜单编号：%s
榜单名称：%s

本团队为判断是否揭榜、编制揭榜申报书，需查阅上述榜单的涉密技术资料（商业秘密，不含国家秘密）。现承诺：
一、仅将所获资料用于本榜单的揭榜与履约，不作他用；
二、仅限本团队参与本榜单的人员查阅，不向任何第三方披露、复制或转让；
三、未中榜或榜单终止的，自行删除或销毁所获资料及其复制件；
四、保密义务自签署之日起五年，或至相关信息依法公开之日止；
五、知悉平台记录每一次查阅的人员、单位与时间，供发榜方、主管部门和审计查阅；
六、违反承诺的，依法承担责任，并可记入科研诚信记录。
`, c.Code, c.Title)
	sum := sha256.Sum256([]byte(text))
	return text, hex.EncodeToString(sum[:])
}

// ShowNDA is the text to sign, and what the caller's teams have signed already.
func ShowNDA(tx *models.Tx, in *QuestionsInput) (*NDAText, error) {
	c, err := tx.ChallengeFor(models.NDAText, in.ID)
	if err != nil {
		return nil, err
	}
	out := &NDAText{}
	if c.Confidential != "nda" {
		return out, nil
	}
	out.Text, out.Digest = promise(c)
	mine, err := tx.MyNDAs(c.ID)
	if err != nil {
		return nil, err
	}
	if out.Signed, err = ndaViews(tx, mine, nil); err != nil {
		return nil, err
	}
	signed := map[models.TeamID]bool{}
	for _, n := range mine {
		signed[n.Team] = true
	}
	ids := []models.TeamID{}
	for id, leads := range tx.Actor.Teams {
		if leads && !signed[id] {
			ids = append(ids, id)
		}
	}
	teams, err := tx.TeamsByID(ids)
	for _, t := range teams {
		out.Teams = append(out.Teams, ChallengeTeam{t.ID, t.Name})
	}
	return out, err
}

// SignNDAInput names the team and the text it agrees to.
type SignNDAInput struct {
	ID   models.ChallengeID `path:"id"`
	Body struct {
		Team   models.TeamID `json:"team" minLength:"1" maxLength:"40"`
		Digest string        `json:"digest" minLength:"64" maxLength:"64" doc:"Of the text that was read"`
		Agree  bool          `json:"agree"`
	}
}

// SignNDA is the click-through: the lead agrees for the team, to a text named by its digest.
func SignNDA(tx *models.Tx, in *SignNDAInput) (*ChallengeNDA, error) {
	c, err := tx.ChallengeFor(models.NDASign, in.ID)
	if err != nil {
		return nil, err
	}
	if !tx.Actor.Teams[in.Body.Team] {
		return nil, problem.New(problem.Denied, "nda.not_lead", "Only the lead signs for a team.")
	}
	text, digest := promise(c)
	var f problem.Fields
	f.Require(in.Body.Agree, "agree", "nda.not_agreed", "must be true: agree to the text, or leave the detail unread")
	f.Require(in.Body.Digest == digest, "digest", "nda.other_text", "is of another text; read the present one and sign that")
	if err := f.Problem("nda.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	list, err := tx.NDAsOf(c.ID)
	if err != nil {
		return nil, err
	}
	for _, n := range list {
		if n.Team == in.Body.Team {
			return nil, problem.New(problem.Conflict, "nda.signed", "The team has signed already.")
		}
	}
	t, err := tx.Team(in.Body.Team)
	if err != nil {
		return nil, err
	}
	n := tx.NewNDA(c, t)
	n.Text, n.Digest = text, digest
	if err := tx.Make(models.NDASign, c, n, models.Note{Data: map[string]any{"digest": digest}}); err != nil {
		return nil, err
	}
	return ndaView(tx, n)
}

func ndaView(tx *models.Tx, n *models.NDA) (*ChallengeNDA, error) {
	list, err := ndaViews(tx, []models.NDA{*n}, nil)
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

func ndaViews(tx *models.Tx, rows []models.NDA, reads map[string][]NDAAccess) ([]ChallengeNDA, error) {
	teams, orgs, users := []models.TeamID{}, []models.OrgID{}, []models.UserID{}
	for _, n := range rows {
		teams, orgs, users = append(teams, n.Team), append(orgs, n.Org), append(users, n.By)
	}
	byTeam, err := tx.TeamsByID(teams)
	if err != nil {
		return nil, err
	}
	byOrg, err := tx.OrgsByID(orgs)
	if err != nil {
		return nil, err
	}
	names, err := tx.Names(users)
	if err != nil {
		return nil, err
	}
	list := make([]ChallengeNDA, len(rows))
	for i := range rows {
		n := &rows[i]
		list[i] = ChallengeNDA{ID: n.ID, Version: n.Version, Challenge: n.ChallengeID, Team: ChallengeTeam{n.Team, byTeam[n.Team].Name}, Unit: byOrg[n.Org].Name,
			Person: names[n.By], At: n.CreatedAt, Digest: n.Digest, Reads: reads[string(n.ID)]}
		if list[i].Actions, err = tx.Allowed(n); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// NDAInput names a promise.
type NDAInput struct {
	ID models.NDAID `path:"id"`
}

// OneNDA is one promise.
func OneNDA(tx *models.Tx, in *NDAInput) (*ChallengeNDA, error) {
	n, err := tx.NDAFor(models.NDAShow, in.ID)
	if err != nil {
		return nil, err
	}
	return ndaView(tx, n)
}

// NDADetail is what is kept under the promise.
type NDADetail struct {
	Detail string          `json:"detail"`
	Files  []ChallengeFile `json:"files"`
}

// ReadDetail gives the detail to a team that has signed, and leaves it on the record.
func ReadDetail(tx *models.Tx, in *NDAInput) (*NDADetail, error) {
	n, err := tx.NDAFor(models.NDARead, in.ID)
	if err != nil {
		return nil, err
	}
	c, err := tx.Challenge(n.ChallengeID)
	if err != nil {
		return nil, err
	}
	out := &NDADetail{Detail: c.Detail}
	files, err := tx.DocumentsOf(models.KindChallenge, string(c.ID))
	if err != nil {
		return nil, err
	}
	for _, d := range files {
		if d.Audience == "readers" {
			out.Files = append(out.Files, ChallengeFile{d.ID, d.Purpose, d.Name, d.Media, d.Size, d.SHA256, d.Audience})
		}
	}
	return out, tx.Apply(models.NDARead, n, models.Note{Data: map[string]any{"what": "detail"}})
}

// NDAList is who signed and who read what.
type NDAList struct {
	Items []ChallengeNDA `json:"items"`
}

// NDAs is the access record, for the owner and the office.
func NDAs(tx *models.Tx, in *QuestionsInput) (*NDAList, error) {
	c, err := tx.ChallengeFor(models.NDAList, in.ID)
	if err != nil {
		return nil, err
	}
	rows, err := tx.NDAsOf(c.ID)
	if err != nil {
		return nil, err
	}
	list, err := tx.AccessesOf(c.ID)
	if err != nil {
		return nil, err
	}
	reads := map[string][]NDAAccess{}
	for _, a := range list {
		reads[a.Thing] = append(reads[a.Thing], NDAAccess{a.Name, a.What, a.At})
	}
	out := &NDAList{}
	out.Items, err = ndaViews(tx, rows, reads)
	return out, err
}
