package demo

import (
	"bytes"
	"time"

	"jiebang/api/alliances"
	"jiebang/api/orgs"
	"jiebang/internal/password"
	"jiebang/models"
)

// newcomer is the login of a firm's administrator whose unit is not verified yet.
const newcomer = "new01"

// newcomers leaves the operator, a leader and the authority something to do: a unit to verify
// with a relation to confirm, a seat to confirm, and a year that was assessed.
func (s *stage) newcomers() error {
	hash, err := password.Hash(s.ctx, password.Default, Password)
	if err != nil {
		return err
	}
	first := s.set.Alliances[0]
	leader, alliance := s.admins[first.Leader.USCC], s.alliances[first.Code]
	s.at(-5, 10)
	if err := s.write(models.System, func(tx *models.Tx) error { return s.person(tx, newcomer, "北方密封 单位管理员", hash) }); err != nil {
		return err
	}
	var firm models.OrgID
	if err := s.as(newcomer, func(tx *models.Tx) error {
		in := &orgs.RegisterOrgInput{}
		in.Body = orgs.OrgBody{Name: "沈阳北方密封科技有限公司(示例)", Kind: "enterprise", USCC: "91210100MA0JBDEM0X", Region: "210100", City: "沈阳市", Summary: "机械密封与高温密封件研制。"}
		o, err := orgs.Register(tx, in)
		if err == nil {
			firm = o.ID
		}
		return err
	}); err != nil {
		return err
	}
	if err := s.licence(firm); err != nil {
		return err
	}
	if err := s.as(newcomer, func(tx *models.Tx) error {
		in := &orgs.RelateInput{ID: firm}
		in.Body.Parent, in.Body.Kind, in.Body.Since = string(s.orgs[first.Leader.USCC]), "control", s.today.AddDate(-3, 0, 0).Format(time.DateOnly)
		_, err := orgs.Relate(tx, in)
		return err
	}); err != nil {
		return err
	}
	s.at(-4, 9)
	if err := s.as(leader, func(tx *models.Tx) error {
		in := &alliances.AddAllianceMemberInput{ID: alliance}
		in.Body.Org, in.Body.Role, in.Body.ShareBP = string(firm), "enterprise", 500
		_, err := alliances.AddMember(tx, in)
		return err
	}); err != nil {
		return err
	}
	s.at(-3, 9)
	return s.as("officer", func(tx *models.Tx) error {
		in := &alliances.AssessInput{ID: alliance}
		in.Body.Year, in.Body.Score, in.Body.Opinion = s.today.Year()-1, 92, "联合攻关与成果转化成效显著,利益分享按协议兑现。"
		_, err := alliances.Assess(tx, in)
		return err
	})
}

// licence keeps the paper a unit is verified by.
func (s *stage) licence(firm models.OrgID) error {
	info, err := s.blobs.Put(s.ctx, bytes.NewReader([]byte("营业执照(演示)\n\n沈阳北方密封科技有限公司(示例)\n")), 1<<20)
	if err != nil {
		return err
	}
	return s.as(newcomer, func(tx *models.Tx) error {
		o, err := tx.OrgFor(models.DocumentUpload, firm)
		if err != nil {
			return err
		}
		doc := models.NewDocument(models.KindOrg, string(firm))
		doc.Purpose, doc.Name, doc.Media, doc.Size, doc.SHA256 = "licence", "营业执照.txt", "text/plain", info.Size, string(info.Digest)
		doc.Audience, doc.By = "parties", tx.Actor.User
		return tx.Make(models.DocumentUpload, o, doc, models.Note{})
	})
}
