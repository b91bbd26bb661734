package demo

import (
	"fmt"
	"strings"

	"jiebang/api/needs"
	"jiebang/models"
)

// lack is a need of the demo's pool and how far it has come.
type lack struct {
	alliance, state string
	days            int // since when
	body            needs.NeedBody
	talk            []saying
	sheets          []judged
	why             string // the office's last words
}

// saying is one comment; the office speaks first, then they take turns.
type saying struct{ field, text string }

// judged is one expert's sheet; without an opinion it is still awaited.
type judged struct {
	expert           string
	scores           [4]int
	verdict, opinion string
}

func number(name, op string, value float64, unit, baseline, test, by string) needs.NeedIndicatorBody {
	return needs.NeedIndicatorBody{Name: name, Op: op, Value: &value, Unit: unit, Baseline: baseline, TestMethod: test, TestedBy: by}
}

var paid = needs.NeedIPBody{Background: "各自的背景知识产权归各自所有", Foreground: "joint", BidderRights: "揭榜方可用于教学科研,向第三方许可须双方同意", RevenueSharePct: 30}

// lacks are one or two needs in each state, from a vague wish to a challenge.
func lacks() []lack {
	contact := needs.NeedContactBody{Name: "技术部", Phone: "024-00000000", Email: "need@example.com"}
	return []lack{
		{alliance: "AL01", state: models.NeedDrafted, days: -2, body: needs.NeedBody{Title: "压缩机叶轮寿命提升", Problem: "叶轮用不了太久,希望明显提高寿命,达到国际先进水平。"}},
		{alliance: "AL02", state: models.NeedSubmitted, days: -3, body: needs.NeedBody{Title: "机床主轴发热问题", Problem: "高速加工时主轴发热较大,影响精度,希望大幅改善。", Contact: contact,
			Background: "用户反映批量加工一致性差。"}},
		{alliance: "AL08", state: models.NeedSubmitted, days: -4, body: needs.NeedBody{Title: "隧道掘进机主轴承密封在线监测", Chain: "petro_mining_rail_special", Publish: true, Summary: "研制主轴承密封磨损与渗漏的在线监测装置。",
			Problem: "掘进机主轴承密封失效前没有可测的征兆,停机更换一次约 20 天。需要在施工中连续测得密封唇口磨损与润滑脂含水量,提前 72 小时报警。",
			Present: "目前靠人工取样,每周一次,失效前平均只能提前 6 小时发现。",
			Indicators: []needs.NeedIndicatorBody{number("磨损测量误差", "<=", 0.1, "mm", "无在线手段", "台架对比试验,30 次", "省级检测中心"), number("报警提前量", ">=", 72, "h", "6 h", "3 台设备现场 6 个月运行记录", "用户单位"),
				number("含水量测量误差", "<=", 0.5, "%", "2 %", "GB/T 7600 对比", "省级检测中心")},
			TotalFen: 480 * models.Wan, OwnerFen: 300 * models.Wan, MoneyProof: "公司专项预算批复", TermMonths: 18, WindowDays: 30, TRLNow: 4, TRLTarget: 7,
			IP: paid, Tags: []string{"MFG.tunnel", "IT.phm"}, Capabilities: []needs.NeedCapabilityBody{{Tag: "sensing", Must: true, MinLevel: 3}, {Tag: "reliability", MinLevel: 2}}, Contact: contact}},
		{alliance: "AL04", state: models.NeedRefining, days: -9, why: "请补充基线、测试方法与资金证明,并删去只指向一家单位的条件。",
			body: needs.NeedBody{Title: "重载机器人关节减速器降噪", Chain: "robotics", Problem: "重载机器人关节减速器在 100% 负载下噪声偏高,影响医疗与电子装配场景的应用。",
				Indicators: []needs.NeedIndicatorBody{number("满载噪声", "<=", 68, "dB(A)", "", "", ""), {Name: "可靠性", Op: "meets", Text: "达到国际先进水平"}},
				TotalFen:   260 * models.Wan, TermMonths: 12, Conditions: needs.NeedConditionsBody{Text: []string{"须为某知名品牌减速器的授权单位"}}, Contact: contact},
			talk: []saying{{"indicators", "噪声在什么转速、什么距离下测?请写明标准与测试单位。"}, {"indicators", "额定转速,1 米处,拟按 GB/T 6404 由计量院测试。"}, {"bidder_conditions", "“授权单位”指向特定企业,请改为要求具备的能力。"}}},
		{alliance: "AL03", state: models.NeedInArgument, days: -14, body: needs.NeedBody{Title: "涂胶显影设备晶圆温控单元国产化", Chain: "ic", Publish: true, Summary: "研制高均匀性晶圆热板温控单元,替代进口。",
			Problem: "热板温度均匀性不足导致线宽波动,目前依赖进口温控单元,交期 9 个月。需要自主的多分区控温热板与控制器。", Present: "现有国产热板 3σ 均匀性 0.35 ℃。",
			Indicators: []needs.NeedIndicatorBody{number("温度均匀性(3σ)", "<=", 0.1, "℃", "0.35 ℃", "17 点测温晶圆,连续 50 片", "第三方检测机构"), number("升温时间", "<=", 60, "s", "110 s", "23→120 ℃ 秒表记录,20 次", "第三方检测机构"), number("平均无故障时间", ">=", 3000, "h", "1200 h", "产线运行记录", "用户单位")},
			TotalFen:   900 * models.Wan, OwnerFen: 600 * models.Wan, MoneyProof: "董事会决议及银行资信证明", TermMonths: 24, WindowDays: 40, TRLNow: 4, TRLTarget: 7, IP: paid,
			Tags: []string{"IC.track", "IT.control"}, Capabilities: []needs.NeedCapabilityBody{{Tag: "control_algorithm", Must: true, MinLevel: 3}, {Tag: "cleanroom", MinLevel: 2}}, Contact: contact},
			sheets: []judged{{"EX002", [4]int{90, 75, 70, 85}, "approve", "进口依赖度高,指标可测,路线可行,建议列入榜单。"}, {expert: "EX001"}, {expert: "EX010"}}},
		{alliance: "AL07", state: models.NeedApproved, days: -25, why: "需求真实、指标可测、资金落实,同意转为榜题。", body: needs.NeedBody{Title: "特高压套管干式绝缘材料国产化", Chain: "power_equipment", Publish: true, Summary: "研制特高压套管用干式绝缘材料及浇注工艺,替代进口。",
			Problem: "特高压套管用干式绝缘材料依赖进口,供货周期长。需要介损低、耐热等级高且可大尺寸浇注的环氧体系与工艺。", Present: "现有国产材料只用于 220 kV 及以下。",
			Indicators: []needs.NeedIndicatorBody{number("介质损耗因数", "<=", 0.004, "1", "0.007", "GB/T 1409,5 个试样", "国家绝缘材料检测中心"), number("玻璃化温度", ">=", 130, "℃", "115 ℃", "DSC 法,GB/T 19466", "国家绝缘材料检测中心"), number("局部放电量", "<=", 5, "pC", "10 pC", "1.5 倍额定电压,60 min", "电科院")},
			TotalFen:   1200 * models.Wan, OwnerFen: 800 * models.Wan, MoneyProof: "董事会决议", TermMonths: 24, WindowDays: 45, TRLNow: 4, TRLTarget: 7, IP: paid,
			Tags: []string{"POWER.transformer", "MAT.polymer"}, Capabilities: []needs.NeedCapabilityBody{{Tag: "insulation", Must: true, MinLevel: 3}, {Tag: "polymer_synthesis", MinLevel: 3}}, Contact: contact},
			sheets: []judged{{"EX001", [4]int{92, 70, 72, 88}, "approve", "卡点明确,测试方法有标准可依,建议通过。"}, {"EX002", [4]int{85, 68, 65, 80}, "approve", "工艺放大有风险,建议分两阶段考核。"}, {"EX004", [4]int{88, 72, 60, 82}, "revise", "建议补充老化试验的次数与判据。"}}},
		{alliance: "AL09", state: models.NeedReturned, days: -12, why: "属于一般设备采购,市场上已有成熟产品,不宜列入技术攻关需求。", body: needs.NeedBody{Title: "实验室通风系统改造", Problem: "实验室通风不好,希望请人来改造一套通风系统。", Contact: contact}},
		{alliance: "AL15", state: models.NeedParked, days: -30, why: "技术路线尚不明朗,待前期试验结果后再论证。", body: needs.NeedBody{Title: "玉米秸秆低温快速腐解菌剂", Chain: "agri_processing", Problem: "东北冬季低温下秸秆还田腐解慢,影响来年播种。需要在 5 ℃ 条件下 60 天腐解率达到 40% 的菌剂与施用方法。",
			Indicators: []needs.NeedIndicatorBody{number("60 天腐解率", ">=", 40, "%", "18 %", "田间网袋法,3 个试点", "农科院")}, TotalFen: 150 * models.Wan, OwnerFen: 60 * models.Wan, TermMonths: 36, WindowDays: 30, TRLNow: 2, TRLTarget: 6, Contact: contact}},
		{alliance: "AL02", state: models.NeedMerged, days: -20, why: "与另一项机床主轴需求同类,合并处理。", body: needs.NeedBody{Title: "加工中心主轴温升控制", Problem: "加工中心主轴在 12000 转下温升过大,热伸长影响加工精度。", Contact: contact}},
		{alliance: "AL01", state: models.NeedTurnedInto, days: -40, why: "卡点突出,同意转为榜题。", body: needs.NeedBody{Title: "大型离心压缩机干气密封国产化研制", Chain: "general_machinery", Publish: true, Summary: "研制大型离心压缩机用干气密封,替代进口并实现自主维保。",
			Problem: "大型离心压缩机用干气密封依赖进口,单套价格高、返修周期 4 个月。需要在 10 MPa、15000 r/min 工况下稳定运行的国产干气密封。", Present: "国产样机最高 6 MPa,运行不足 2000 小时。", Background: "乙烯与管线压缩机组装机量逐年增加,密封返修受制于人。",
			Indicators: []needs.NeedIndicatorBody{number("最高工作压力", ">=", 10, "MPa", "6 MPa", "密封试验台,API 692", "国家压缩机检测中心"), number("泄漏量", "<=", 0.5, "Nm³/h", "1.2 Nm³/h", "API 692 静动态试验各 3 次", "国家压缩机检测中心"), number("连续运行时间", ">=", 8000, "h", "2000 h", "现场机组运行记录", "用户单位")},
			TotalFen:   1500 * models.Wan, OwnerFen: 1000 * models.Wan, MoneyProof: "董事会决议及专户存款证明", TermMonths: 24, WindowDays: 40, TRLNow: 5, TRLTarget: 8, IP: paid,
			Tags: []string{"MFG.bellows", "MFG.turbomachinery"}, Capabilities: []needs.NeedCapabilityBody{{Tag: "tribology", Must: true, MinLevel: 3}, {Tag: "test_bench", MinLevel: 3}}, Contact: contact},
			sheets: []judged{{"EX001", [4]int{95, 80, 75, 90}, "approve", "卡点突出,指标先进且可测,建议优先列入榜单。"}, {"EX002", [4]int{90, 78, 70, 86}, "approve", "工况明确,建议保留长周期运行考核。"}, {"EX006", [4]int{88, 74, 72, 84}, "approve", "有团队基础,资金落实,同意。"}}},
	}
}

// needs fills the pool through the use cases, one need after the other.
func (s *stage) needs() error {
	kept := map[string]models.NeedID{} // the last need of an alliance, for the one merged into it
	for _, l := range lacks() {
		if err := s.need(l, kept); err != nil {
			return fmt.Errorf("%s: %w", l.body.Title, err)
		}
	}
	return nil
}

func (s *stage) need(l lack, kept map[string]models.NeedID) error {
	owner, org := strings.ToLower(l.alliance), models.OrgID("")
	for _, a := range s.set.Alliances {
		if a.Code == l.alliance {
			org = s.orgs[a.Leader.USCC]
		}
	}
	var id models.NeedID
	s.at(l.days, 9)
	if err := s.as(owner, func(tx *models.Tx) error {
		in := &needs.NeedDraftInput{Org: org}
		in.Body.Title = l.body.Title
		n, err := needs.Draft(tx, in)
		if err != nil {
			return err
		}
		id = n.ID
		_, err = needs.Edit(tx, &needs.NeedEditInput{ID: id, Body: l.body})
		return err
	}); err != nil || l.state == models.NeedDrafted {
		return err
	}
	if err := s.as(owner, func(tx *models.Tx) error { _, err := needs.Submit(tx, &needs.NeedInput{ID: id}); return err }); err != nil {
		return err
	}
	s.at(l.days+1, 10)
	for i, x := range l.talk {
		speaker := "officer"
		if i%2 == 1 {
			speaker = owner
		}
		if err := s.as(speaker, func(tx *models.Tx) error {
			in := &needs.NeedCommentInput{ID: id}
			in.Body.Field, in.Body.Text = x.field, x.text
			_, err := needs.Comment(tx, in)
			return err
		}); err != nil {
			return err
		}
	}
	if err := s.argue(id, l.sheets); err != nil {
		return err
	}
	s.at(min(l.days+6, -1), 15)
	say := &needs.NeedReasonInput{ID: id}
	say.Body.Reason = l.why
	decide := map[string]func(*models.Tx) error{
		models.NeedRefining: func(tx *models.Tx) error { _, err := needs.Refine(tx, say); return err },
		models.NeedReturned: func(tx *models.Tx) error { _, err := needs.Return(tx, say); return err },
		models.NeedParked:   func(tx *models.Tx) error { _, err := needs.Park(tx, say); return err },
		models.NeedApproved: func(tx *models.Tx) error { _, err := needs.Approve(tx, say); return err },
		models.NeedMerged: func(tx *models.Tx) error {
			in := &needs.NeedMergeInput{ID: id}
			in.Body.Into, in.Body.Reason = kept[l.alliance], l.why
			_, err := needs.Merge(tx, in)
			return err
		},
	}
	decide[models.NeedTurnedInto] = decide[models.NeedApproved]
	if do := decide[l.state]; do != nil {
		if err := s.as("officer", do); err != nil {
			return err
		}
	}
	kept[l.alliance] = id
	if l.state != models.NeedTurnedInto {
		return nil
	}
	return s.as(owner, func(tx *models.Tx) error { _, err := needs.Turn(tx, &needs.NeedInput{ID: id}); return err })
}

// argue names the experts and lets those hand in who have an opinion.
func (s *stage) argue(id models.NeedID, sheets []judged) error {
	if len(sheets) == 0 {
		return nil
	}
	in := &needs.NeedArgueInput{ID: id}
	for _, j := range sheets {
		in.Body.Experts = append(in.Body.Experts, s.experts[j.expert])
	}
	if err := s.as("officer", func(tx *models.Tx) error { _, err := needs.Argue(tx, in); return err }); err != nil {
		return err
	}
	for _, j := range sheets {
		if j.opinion == "" {
			continue
		}
		if err := s.as(strings.ToLower(j.expert), func(tx *models.Tx) error {
			in := &needs.NeedScoreInput{ID: id}
			in.Body.Necessity, in.Body.Innovation, in.Body.Feasibility, in.Body.Benefit = j.scores[0], j.scores[1], j.scores[2], j.scores[3]
			in.Body.Verdict, in.Body.Opinion = j.verdict, j.opinion
			_, err := needs.Score(tx, in)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}
