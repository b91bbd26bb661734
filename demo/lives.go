package demo

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"jiebang/api/bids"
	"jiebang/api/challenges"
	"jiebang/internal/problem"
	"jiebang/models"
)

// life is how far a challenge has come, and when. Days are offsets from today, as in the files.
type life struct {
	state                        string
	published, clarify, deadline int
	opens                        int    // days after the deadline that bids are opened
	stop                         string // where within evaluation it stands: "", invited, scored
	bidders                      int
	expected                     []string // teams a sane review puts on top
}

// moved are the challenges the demo moves to another state than their file gives, so that
// every step can be tried at once.
var moved = map[string]life{
	"DEMO-JB-0024": {state: models.ChallengeDrafted},
	"DEMO-JB-0020": {state: models.ChallengeSubmitted},
	"DEMO-JB-0018": {state: models.ChallengeReturned},
	"DEMO-JB-0023": {state: models.ChallengeApproved},
	"DEMO-JB-0016": {state: models.ChallengeWithdrawn, published: -20, clarify: 5, deadline: 15},
	"DEMO-JB-0005": {state: models.ChallengeClosed, published: -31, clarify: -8, deadline: -1, opens: 3, bidders: 3},
	"DEMO-JB-0008": {state: models.ChallengeEvaluating, published: -45, clarify: -17, deadline: -12, bidders: 3},
	"DEMO-JB-0006": {state: models.ChallengeEvaluating, published: -48, clarify: -20, deadline: -14, stop: "invited", bidders: 3},
	"DEMO-JB-0009": {state: models.ChallengeEvaluating, published: -60, clarify: -34, deadline: -28, stop: "scored", bidders: 4},
	"DEMO-JB-0014": {state: models.ChallengeFailed, published: -70, clarify: -44, deadline: -38, bidders: 2},
	"DEMO-JB-0012": {state: models.ChallengeShortlist, published: -66, clarify: -40, deadline: -35, bidders: 4},
	"DEMO-JB-0022": {state: models.ChallengePublicity, published: -67, clarify: -33, deadline: -28, bidders: 4},
	"DEMO-JB-0027": {state: models.ChallengeAwarded, published: -110, clarify: -84, deadline: -78, bidders: 3},
	"DEMO-JB-0034": {state: models.ChallengeAwarded, published: -115, clarify: -88, deadline: -82, bidders: 4},
	"DEMO-JB-0002": {state: models.ChallengeAwarded, published: -195, clarify: -165, deadline: -160, bidders: 4},
	"DEMO-JB-0031": {state: models.ChallengeNoBid, published: -42, clarify: -11, deadline: -6},
}

// lives plays every challenge up to the state it stands in.
func (s *stage) lives() error {
	s.rng = rand.New(rand.NewPCG(20260302, 1))
	if err := s.openBatch(); err != nil {
		return err
	}
	for _, d := range s.set.Challenges {
		l, ok := moved[d.Code]
		if !ok {
			l = life{state: models.ChallengePublished, published: d.Timeline.Published, clarify: d.Timeline.ClarifyUntil, deadline: d.Timeline.BidDeadline}
		}
		l.expected = d.ExpectedTeams
		if err := s.live(d, l); err != nil {
			return fmt.Errorf("%s: %w", d.Code, err)
		}
	}
	return nil
}

// at moves the clock to a day and hour in Shenyang; the demo's clock may go back between
// challenges, never within one.
func (s *stage) at(day, hour int) time.Time {
	t := s.today.In(time.FixedZone("Asia/Shanghai", 8*3600)).AddDate(0, 0, day)
	s.now = time.Date(t.Year(), t.Month(), t.Day(), hour, 0, 0, 0, t.Location()).UTC()
	if day == 0 || s.now.After(s.today) {
		s.now = s.today
	}
	return s.now
}

func (s *stage) clock(day, hour int) *time.Time {
	t := s.today.In(time.FixedZone("Asia/Shanghai", 8*3600)).AddDate(0, 0, day)
	at := time.Date(t.Year(), t.Month(), t.Day(), hour, 0, 0, 0, t.Location()).UTC()
	return &at
}

// as runs a use case as one of the demo's people.
func (s *stage) as(login string, fn func(*models.Tx) error) error {
	who, ok := s.users[login]
	if !ok {
		return fmt.Errorf("there is nobody called %s", login)
	}
	s.now = s.now.Add(time.Minute)
	if err := s.write(who, fn); err != nil {
		return fmt.Errorf("as %s: %w", login, err)
	}
	return nil
}

func (s *stage) openBatch() error {
	s.at(-240, 9)
	return s.as("officer", func(tx *models.Tx) error {
		b := models.NewBatch()
		b.Region, b.RegionCode, b.Year, b.No = "210000", "SY", tx.Now.Year(), 1
		b.Recommend = true
		b.Programme, b.Title = "“揭榜挂帅”科技攻关", fmt.Sprintf("%d年第一批“揭榜挂帅”榜单(演示)", tx.Now.Year())
		if err := tx.Make(models.BatchCreate, tx.Site(), b, models.Note{}); err != nil {
			return err
		}
		s.batch = b.ID
		return nil
	})
}

// live plays one challenge.
func (s *stage) live(d Challenge, l life) error {
	owner := s.admins[d.Owner.USCC]
	begin := l.published - 12
	if l.published == 0 {
		begin = -6
	}
	s.at(begin, 9)
	var id models.ChallengeID
	if err := s.as(owner, func(tx *models.Tx) error {
		in := &challenges.DraftInput{Org: s.orgs[d.Owner.USCC]}
		in.Body.Title = d.Title
		c, err := challenges.Draft(tx, in)
		if err == nil {
			id = c.ID
		}
		return err
	}); err != nil {
		return err
	}
	s.challenges[d.Code] = id
	proof, err := s.proof(owner, id, d)
	if err != nil {
		return err
	}
	if err := s.as(owner, func(tx *models.Tx) error {
		_, err := challenges.Edit(tx, &challenges.EditInput{ID: id, Body: s.asked(d, proof)})
		return err
	}); err != nil || l.state == models.ChallengeDrafted {
		return err
	}
	s.at(begin+2, 10)
	submit := func() error {
		return s.as(owner, func(tx *models.Tx) error {
			_, err := challenges.Submit(tx, &challenges.SubmitInput{ID: id})
			return err
		})
	}
	if err := submit(); err != nil || l.state == models.ChallengeSubmitted {
		return err
	}
	if l.state == models.ChallengeReturned {
		s.at(begin+3, 15)
		return s.as("officer", func(tx *models.Tx) error {
			in := &challenges.ReturnInput{ID: id}
			in.Body.Reason = "请补充第三项考核指标的基线值,并说明首次验证在何处进行。"
			_, err := challenges.Return(tx, in)
			return err
		})
	}
	s.at(begin+3, 10)
	if err := s.as(cityOfficer(districts[d.Owner.City]), func(tx *models.Tx) error {
		in := &challenges.RecommendInput{ID: id}
		in.Body.Opinion = "需求真实、指标可量化,自筹资金已落实,符合本市重点产业链方向,同意推荐。"
		_, err := challenges.Recommend(tx, in)
		return err
	}); err != nil {
		return err
	}
	s.at(begin+4, 15)
	if err := s.as("officer", func(tx *models.Tx) error {
		_, err := challenges.Approve(tx, &challenges.ApproveInput{ID: id})
		return err
	}); err != nil || l.state == models.ChallengeApproved {
		return err
	}
	s.at(l.published, 9)
	if err := s.as("officer", func(tx *models.Tx) error {
		in := &challenges.PublishInput{ID: id}
		in.Body.Batch, in.Body.Deadline, in.Body.ClarifyUntil = s.batch, s.clock(l.deadline, 17), s.clock(l.clarify, 17)
		if l.opens > 0 {
			in.Body.OpenAt = s.clock(l.deadline+l.opens, 9)
		}
		_, err := challenges.Publish(tx, in)
		return err
	}); err != nil {
		return err
	}
	if l.state == models.ChallengeWithdrawn {
		s.at(-3, 11)
		return s.as("officer", func(tx *models.Tx) error {
			in := &challenges.WithdrawInput{ID: id}
			in.Body.Reason = "发榜方生产线改造计划调整,需求不再成立;按规定公开撤榜原因。"
			_, err := challenges.Withdraw(tx, in)
			return err
		})
	}
	if l.state == models.ChallengePublished {
		return s.openBidding(d, id, l)
	}
	return s.decide(d, id, l)
}

// proof keeps the paper that shows the owner's money, where one is asked for.
func (s *stage) proof(owner string, id models.ChallengeID, d Challenge) (models.DocumentID, error) {
	if fen(d.BountyWan) < 500*models.Wan {
		return "", nil
	}
	text := fmt.Sprintf("资金证明(演示)\n\n%s 已为榜题“%s”落实自筹资金,用于支付揭榜金额 %v。\n", d.Owner.Name, d.Title, fen(d.BountyWan))
	info, err := s.blobs.Put(s.ctx, strings.NewReader(text), 1<<20)
	if err != nil {
		return "", err
	}
	doc := models.NewDocument(models.KindChallenge, string(id))
	err = s.as(owner, func(tx *models.Tx) error {
		c, err := tx.ChallengeFor(models.DocumentUpload, id)
		if err != nil {
			return err
		}
		doc.Purpose, doc.Name, doc.Media, doc.Size, doc.SHA256 = "fund_proof", "资金证明.txt", "text/plain", info.Size, string(info.Digest)
		doc.Audience, doc.By = "parties", tx.Actor.User
		return tx.Make(models.DocumentUpload, c, doc, models.Note{})
	})
	return doc.ID, err
}

var natures = map[string]string{"卡脖子技术": "chokepoint", "共性技术": "common", "前沿技术": "frontier", "新产品": "product", "成果转化": "conversion"}

// asked puts a challenge of the file into the form its owner fills in.
func (s *stage) asked(d Challenge, proof models.DocumentID) challenges.ChallengeBody {
	b := challenges.ChallengeBody{Title: d.Title, Type: d.Type, Nature: natures[d.TechnologyNature], Competition: "single", Selection: "panel_plus_owner",
		Chain: d.IndustryChain, Tags: d.DomainTags, TRLCurrent: d.TRLCurrent, TRLTarget: d.TRLTarget, Background: d.Background, Need: d.Need,
		Deliverables: d.Deliverables, BountyFen: fen(d.BountyWan), TotalFen: fen(d.TotalWan), FundProof: proof, TermMonths: d.TermMonths,
		Commitment: d.CommitmentLetter, Confidential: "summary", Detail: d.Need + "(详细技术要求在签署保密承诺后提供。)"}
	if b.Nature == "" {
		b.Nature = "chokepoint"
	}
	if d.Confidentiality == "nda_required" {
		b.Confidential = "nda"
	}
	if d.HorseRace != nil {
		b.Competition, b.MaxLanes = "horse_race", d.HorseRace.MaxLanes
	}
	b.Alliance = s.alliances[d.AllianceCode]
	b.Codes.GBT4754, b.Codes.IPC, b.Codes.Discipline = d.GBT4754, d.IPC, d.Disciplines
	for _, r := range d.Required {
		b.Capabilities = append(b.Capabilities, challenges.ChallengeCapabilityBody{Tag: r.Tag, Must: r.Must, MinLevel: r.MinLevel})
	}
	for _, i := range d.Indicators {
		row := challenges.ChallengeIndicatorBody{Name: i.Name, Op: i.Op, Value: i.Value, Min: i.ValueMin, Max: i.ValueMax, Unit: i.Unit,
			Weight: int(i.Weight), Knockout: i.Knockout, TestMethod: i.TestMethod, TestedBy: "第三方检测机构"}
		if i.Op == "meets" {
			row.Text, row.Value = i.Display, nil
			if i.ValueText != nil {
				row.Text = *i.ValueText
			}
		}
		if row.Unit == "" && i.Op != "meets" {
			row.Unit = "1"
		}
		b.Indicators = append(b.Indicators, row)
	}
	if f := d.Funding; f != nil {
		b.Funding = challenges.ChallengeFundingBody{OwnerFen: fen(f.OwnerWan), ProvinceFen: fen(f.ProvinceWan), CityFen: fen(f.CityWan)}
	}
	for _, m := range d.Milestones {
		b.Milestones = append(b.Milestones, challenges.ChallengeMilestoneBody{Name: m.Name, DueMonth: m.DueMonth, PaymentPct: int(m.PaymentPct), Eliminates: m.Eliminates,
			Exit: "提交阶段报告,逐项对照考核指标给出测试数据。"})
	}
	if ip := d.IP; ip != nil {
		b.IP = challenges.ChallengeIPBody{Background: ip.Background, Foreground: ip.Foreground, BidderRights: ip.BidderRights}
		if ip.License != nil {
			b.IP.License = *ip.License
		}
		if ip.RevenueSharePct != nil {
			b.IP.RevenueSharePct = int(math.Round(*ip.RevenueSharePct))
		}
	}
	b.Conditions.Text = d.BidderConditions
	b.Contact = challenges.ChallengeContactBody{Name: "技术中心(演示)", Phone: "024-00000000", Email: "demo@example.com"}
	return b
}

// openBidding leaves a few sealed and half-written bids on some of the open challenges.
func (s *stage) openBidding(d Challenge, id models.ChallengeID, l life) error {
	switch d.Code {
	case "DEMO-JB-0001": // one rival has bid; TM01 is free to try
		s.at(-2, 14)
		_, err := s.bid(d, id, "TM02", "submitted")
		return err
	case "DEMO-JB-0003": // a draft waits for its team
		s.at(-2, 15)
		_, err := s.bid(d, id, "TM05", "draft")
		return err
	case "DEMO-JB-0004": // waits for its unit's endorsement
		s.at(-1, 10)
		_, err := s.bid(d, id, "TM06", "institution_pending")
		return err
	case "DEMO-JB-0010": // endorsed, waits for its lead to submit
		s.at(-1, 11)
		_, err := s.bid(d, id, "TM01", "endorsed")
		return err
	}
	return nil
}

// team finds a team of the file.
func (s *stage) team(code string) Team {
	i := slices.IndexFunc(s.set.Teams, func(t Team) bool { return t.Code == code })
	return s.set.Teams[i]
}

// candidates are the teams that could bid: the expected ones first, then those of the same
// domains, then those of the same fields.
func (s *stage) candidates(d Challenge) []string {
	list := slices.Clone(d.ExpectedTeams)
	score := func(t Team) int {
		n := 0
		for _, have := range t.DomainTags {
			for _, want := range d.DomainTags {
				if have.Tag == want {
					n += 10
				} else if strings.Split(have.Tag, ".")[0] == strings.Split(want, ".")[0] {
					n++
				}
			}
		}
		return n
	}
	others := slices.Clone(s.set.Teams)
	slices.SortStableFunc(others, func(a, b Team) int { return score(b) - score(a) })
	for _, t := range others {
		if !slices.Contains(list, t.Code) && score(t) > 0 && t.Code != "TM41" && t.Code != "TM42" {
			list = append(list, t.Code)
		}
	}
	return list
}

// bid writes a bid of a team up to a state. It answers "" where the gates bar the team: such
// a team would not have bid.
func (s *stage) bid(d Challenge, id models.ChallengeID, team, until string) (models.BidID, error) {
	lead, t := strings.ToLower(team), s.team(team)
	var b models.BidID
	var digest string
	var content models.BidContent
	err := s.as(lead, func(tx *models.Tx) error {
		in := &bids.BidDraftInput{Challenge: id}
		in.Body.Team = s.teams[team]
		v, err := bids.Draft(tx, in)
		if err != nil {
			return err
		}
		b = v.ID
		content, err = s.answer(tx, d, id, t)
		return err
	})
	if err != nil {
		return "", err
	}
	if until == "draft" {
		content.Promises, content.Risks = content.Promises[:len(content.Promises)-1], ""
	}
	if err := s.as(lead, func(tx *models.Tx) error {
		v, err := bids.Save(tx, &bids.BidSaveInput{ID: b, Body: content})
		if err == nil {
			digest = v.Digest
		}
		return err
	}); err != nil || until == "draft" {
		return b, err
	}
	if err := s.as(lead, func(tx *models.Tx) error { _, err := bids.Request(tx, &bids.BidInput{ID: b}); return err }); err != nil || until == "institution_pending" {
		return b, err
	}
	if err := s.as(s.admins[t.Institution.USCC], func(tx *models.Tx) error {
		in := &bids.BidEndorseInput{ID: b}
		in.Body.Digest = digest
		_, err := bids.Endorse(tx, in)
		return err
	}); err != nil || until == "endorsed" {
		return b, err
	}
	err = s.as(lead, func(tx *models.Tx) error { _, err := bids.Submit(tx, &bids.BidInput{ID: b}); return err })
	return b, err
}

// barred reports that the gates keep a team out, as they would in life.
func barred(err error) bool {
	p := problem.As(err)
	return p != nil && slices.ContainsFunc(p.Fields, func(f problem.Field) bool { return strings.HasPrefix(f.Code, "gate.") })
}

// answer writes a whole bid: a promise for each indicator, partners for what the team lacks.
func (s *stage) answer(tx *models.Tx, d Challenge, id models.ChallengeID, t Team) (models.BidContent, error) {
	indicators, err := tx.IndicatorsOf(id)
	if err != nil {
		return models.BidContent{}, err
	}
	evidence, err := tx.EvidenceOf(s.teams[t.Code])
	if err != nil {
		return models.BidContent{}, err
	}
	c := models.BidContent{
		Summary:    fmt.Sprintf("%s依托已有研究基础,围绕“%s”提出覆盖全部考核指标的实施方案。", t.Name, d.Title),
		Route:      "一、机理与方案:建立多物理场模型,完成关键参数灵敏度分析,确定方案边界。\n二、关键技术验证:在实验室环境完成核心部件试制与性能测试,验证失效模式。\n三、样机与中试:按工程条件集成样机,开展加速寿命与工况适应性试验。\n四、现场考核:在发榜方现场完成连续运行考核,由第三方检测机构出具报告。",
		Blind:      "围绕关键机理建模、核心部件验证、样机集成、现场考核四步推进,每一步设可检验的退出条件。",
		Schedule:   "按榜题里程碑分阶段提交,每阶段末提供测试数据与自评报告。",
		Risks:      "主要风险:关键材料供货周期;替代方案:备选国产供应商并提前锁定试验窗口。",
		Facilities: strings.Join(append(slices.Clone(t.Equipment), t.PilotLines...), ";"),
		Conversion: "验收后在发榜方产线应用,并按约定实施许可与后续服务。",
		IPAccept:   true, Integrity: true, Commitment: d.CommitmentLetter, NoConflict: true,
		People: []models.Person{{Name: t.Code + " 负责人", Role: "负责人", MonthsPerYear: 8}, {Name: t.Code + " 骨干甲", Role: "技术骨干", MonthsPerYear: 10},
			{Name: t.Code + " 骨干乙", Role: "试验", MonthsPerYear: 6}},
	}
	for _, e := range evidence {
		c.Evidence = append(c.Evidence, e.ID)
	}
	for n, i := range indicators {
		p := models.PromiseInput{Indicator: i.ID, Present: "已在实验室样件上达到目标的" + fmt.Sprint(60+s.rng.IntN(35)) + "%",
			Basis: "依据本团队已完成项目的测试数据与仿真结果外推,并留有余量。", TestPlan: "按榜题规定的方法,由第三方检测机构测试。", Confidence: 70 + s.rng.IntN(25)}
		if len(evidence) > 0 {
			p.Evidence = []models.EvidenceID{evidence[n%len(evidence)].ID}
		}
		better := float64(s.rng.IntN(12)) / 100
		round := func(v float64) *float64 { // to four digits that count, since some indicators are tiny
			scale := math.Pow(10, 4-math.Ceil(math.Log10(math.Max(math.Abs(v), 1e-300))))
			v = math.Round(v*scale) / scale
			return &v
		}
		switch i.Op {
		case ">=":
			p.Value = round(*i.Value * (1 + better))
			if *i.Value > 90 && i.Unit == "%" {
				p.Value = i.Value
			}
		case "<=":
			p.Value = round(*i.Value * (1 - better))
		case "=":
			p.Value = i.Value
		case "range":
			p.Min, p.Max = i.Min, i.Max
		default:
			p.Text = "满足:" + i.Text
		}
		c.Promises = append(c.Promises, p)
	}
	c.Partners = s.consortium(d, t)
	quote := models.Fen(float64(fen(d.BountyWan)) * (0.82 + float64(s.rng.IntN(18))/100))
	quote -= quote % (models.Wan / 10)
	c.QuoteFen = quote
	c.Budget.EquipmentFen, c.Budget.LabourFen = quote*3/10, quote*2/10
	c.Budget.BusinessFen = quote - c.Budget.EquipmentFen - c.Budget.LabourFen
	return c, nil
}

// consortium shares the work with units whose teams have the must-capabilities this one lacks.
func (s *stage) consortium(d Challenge, t Team) []models.Partner {
	has := func(t Team, r Requirement) bool {
		return slices.ContainsFunc(t.CapabilityTags, func(c CapabilityLevel) bool { return c.Tag == r.Tag && c.Level >= r.MinLevel })
	}
	list := []models.Partner{{Org: s.orgs[t.Institution.USCC], Name: t.Institution.Name, Task: "总体方案、关键技术攻关与集成"}}
	for _, r := range d.Required {
		if !r.Must || has(t, r) || slices.ContainsFunc(list[1:], func(p models.Partner) bool { return strings.Contains(p.Task, r.NameZh) }) {
			continue
		}
		for _, other := range s.set.Teams {
			org := s.orgs[other.Institution.USCC]
			if other.Code == "TM41" || other.Code == "TM42" || !has(other, r) || other.Institution.USCC == d.Owner.USCC ||
				slices.ContainsFunc(list, func(p models.Partner) bool { return p.Org == org }) {
				continue
			}
			list = append(list, models.Partner{Org: org, Name: other.Institution.Name, Task: r.NameZh})
			break
		}
	}
	rest := 100
	for i := range list[1:] {
		list[i+1].TaskPct, list[i+1].MoneyPct = 15, 15
		rest -= 15
	}
	list[0].TaskPct, list[0].MoneyPct = rest, rest
	return list
}
