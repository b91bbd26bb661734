package demo

import (
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"time"

	"jiebang/api/awards"
	"jiebang/api/rankings"
	"jiebang/api/reviews"
	"jiebang/models"
)

// lean is a steady number between 0 and 1 for a name: how good a bid is, how strict an expert.
// Names are codes of the sample and never ids, which are new at each planting.
func lean(name string) float64 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return float64(h.Sum32()%1000) / 1000
}

var remarks = []string{
	"指标覆盖完整,关键指标给出了测试数据,建议补充极端工况下的验证。",
	"技术路线清楚,分步验证安排合理;对供货风险的替代方案说明较充分。",
	"团队有同类项目基础,人员投入充足;经费测算与工作量基本匹配。",
	"部分指标依据来自仿真外推,希望在合同中明确第一阶段的实测要求。",
}

// score lets every expert fill in and hand in his sheets, and the owner say his word.
func (s *stage) score(id models.ChallengeID, l life) error {
	accepted, err := s.standing(id, models.AssignmentAccepted)
	if err != nil {
		return err
	}
	criteria := models.DefaultCriteria()
	codes := map[models.BidID]string{}
	if err := s.write(models.System, func(tx *models.Tx) error {
		list, err := tx.OpenedBids(id)
		for _, b := range list {
			for code, team := range s.teams {
				if team == b.Team {
					codes[b.ID] = code
				}
			}
		}
		return err
	}); err != nil {
		return err
	}
	s.at(l.deadline+6, 9)
	for _, a := range accepted {
		quality := 0.62 + 0.12*lean(codes[a.Bid])
		if place := slices.Index(l.expected, codes[a.Bid]); place >= 0 {
			quality = 0.84 - 0.05*float64(place)
		}
		if l.state == models.ChallengeFailed {
			quality = 0.38 + 0.1*lean(codes[a.Bid])
		}
		login := s.loginOf(a.Expert)
		strict := 0.1*lean(login) - 0.05
		in := &reviews.SaveInput{ID: a.ID}
		for _, c := range criteria {
			share := min(max(quality-strict+0.12*(lean(codes[a.Bid]+login+c.Code)-0.5), 0.24), 0.94)
			in.Body.Scores = append(in.Body.Scores, reviews.ReviewScore{Criterion: c.Code, Points: math.Round(share*float64(c.Weight)*2) / 2,
				Comment: "依据申报材料评分。"})
		}
		in.Body.Confidence, in.Body.Recommend = 1+int(3*lean(login+codes[a.Bid])), quality > 0.7
		in.Body.Comment = remarks[int(float64(len(remarks))*lean(codes[a.Bid]+login))]
		if err := s.as(login, func(tx *models.Tx) error { _, err := reviews.Save(tx, in); return err }); err != nil {
			return err
		}
		if err := s.as(login, func(tx *models.Tx) error {
			_, err := reviews.Submit(tx, &reviews.SubmitInput{ID: a.ID})
			return err
		}); err != nil {
			return err
		}
	}
	return s.conclude(id, l, codes)
}

// conclude ranks, proposes, publicises and decides, as far as the challenge has come.
func (s *stage) conclude(id models.ChallengeID, l life, codes map[models.BidID]string) error {
	var owner string
	var passed []models.BidID
	if err := s.write(models.System, func(tx *models.Tx) error {
		c, err := tx.Challenge(id)
		if err != nil {
			return err
		}
		for uscc, org := range s.orgs {
			if org == c.Owner {
				owner = s.admins[uscc]
			}
		}
		list, err := tx.OpenedBids(id)
		for _, b := range list {
			if b.State == models.BidScored {
				passed = append(passed, b.ID)
			}
		}
		return err
	}); err != nil {
		return err
	}
	s.at(l.deadline+14, 10)
	for _, b := range passed {
		in := &reviews.SatisfyInput{ID: id, Bid: b}
		in.Body.Points = math.Round(60 + 35*lean(codes[b]+"owner"))
		if err := s.as(owner, func(tx *models.Tx) error { _, err := reviews.Satisfy(tx, in); return err }); err != nil {
			return err
		}
	}
	if l.state == models.ChallengeEvaluating {
		return nil
	}
	officer := func(what string, fn func(*models.Tx) error) error {
		if err := s.as("officer", fn); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		return nil
	}
	s.at(l.deadline+15, 9)
	if err := officer("rank", func(tx *models.Tx) error {
		_, err := rankings.Compute(tx, &rankings.ComputeInput{ID: id})
		return err
	}); err != nil {
		return err
	}
	if l.state == models.ChallengeFailed {
		return officer("fail", func(tx *models.Tx) error {
			in := &awards.FailInput{ID: id}
			in.Body.Reason = "经专家评审,各申报方案均未达到 60 分的合格线,本榜题本次不立项。"
			_, err := awards.Fail(tx, in)
			return err
		})
	}
	if err := officer("shortlist", func(tx *models.Tx) error {
		_, err := awards.Shortlist(tx, &awards.ShortlistInput{ID: id})
		return err
	}); err != nil || l.state == models.ChallengeShortlist {
		return err
	}
	day := l.deadline + 16
	if l.state == models.ChallengePublicity {
		day = -1
	}
	s.at(day, 9)
	if err := officer("publicise", func(tx *models.Tx) error {
		_, err := awards.Publicize(tx, &awards.PublicizeInput{ID: id})
		return err
	}); err != nil {
		return err
	}
	if l.state == models.ChallengePublicity { // somebody who bid elsewhere objects, and waits for the answer
		logins := []string{"tm18", "tm17", "tm05"}
		return s.as(logins[slices.IndexFunc(logins, func(x string) bool { return s.users[x].User != "" })], func(tx *models.Tx) error {
			in := &awards.FileInput{ID: id}
			in.Body.Name, in.Body.Contact = "张(演示)", "13800000000"
			in.Body.Text = "拟中榜单位承诺的热误差补偿残差依据来自另一型号机床,请核实测试报告的适用范围。(演示)"
			_, err := awards.File(tx, in)
			return err
		})
	}
	if err := s.write(models.System, func(tx *models.Tx) error {
		c, err := tx.Challenge(id)
		if err == nil {
			s.now = c.PublicityUntil.Add(10 * time.Hour) // working days: a holiday week may lie within
		}
		return err
	}); err != nil {
		return err
	}
	return officer("award", func(tx *models.Tx) error {
		_, err := awards.Decide(tx, &awards.DecideInput{ID: id})
		return err
	})
}
