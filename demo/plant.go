package demo

import (
	"context"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"jiebang/api"
	"jiebang/internal/blob"
	"jiebang/internal/password"
	"jiebang/models"
)

// Password is every demo account's. Demo mode says so on every page; without it no account
// has a password that anybody else knows.
const Password = "jiebang-demo-2026"

// stage is the demo while it is being set up: the store with a clock that can be moved, and
// everybody in it.
type stage struct {
	ctx   context.Context
	store *models.Store
	today time.Time // when the demo is loaded
	now   time.Time // where its clock stands
	set   Set

	users      map[string]models.Who // by login
	names      map[string]string
	orgs       map[string]models.OrgID // by credit code
	orgNames   map[string]models.OrgID
	teams      map[string]models.TeamID // by code, as are the rest
	alliances  map[string]models.AllianceID
	experts    map[string]models.ExpertID
	admins     map[string]string // login of a unit's administrator, by credit code
	batch      models.BatchID
	challenges map[string]models.ChallengeID
	accounts   []api.DemoAccount
	blobs      blob.Store
	rng        *rand.Rand
}

// Plant fills an empty store with the sample: people, units, alliances, teams, experts and
// vocabularies as they stand, then every challenge through the use cases themselves with a
// moved clock, so that each has a true trail and keeps every promise a real one keeps.
// today is the day it is loaded: all dates are relative to it. It returns the people to sign
// in as. A store that has accounts already is left as it is.
func Plant(ctx context.Context, store *models.Store, blobs blob.Store, today time.Time) ([]api.DemoAccount, error) {
	set, err := Load()
	if err != nil {
		return nil, err
	}
	s := &stage{ctx: ctx, blobs: blobs, today: today.UTC().Truncate(time.Minute), set: set, users: map[string]models.Who{}, names: map[string]string{},
		orgs: map[string]models.OrgID{}, orgNames: map[string]models.OrgID{}, teams: map[string]models.TeamID{},
		alliances: map[string]models.AllianceID{}, experts: map[string]models.ExpertID{}, admins: map[string]string{},
		challenges: map[string]models.ChallengeID{}}
	s.now = s.today.AddDate(0, 0, -250)
	s.store = store.At(func() time.Time { return s.now })
	var have int64
	if err := s.write(models.System, func(tx *models.Tx) (err error) {
		have, err = tx.Accounts()
		return err
	}); err != nil {
		return nil, err
	}
	s.list()
	if have > 0 {
		return s.accounts, nil
	}
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"vocabularies", s.vocabularies}, {"people and units", s.people}, {"alliances", s.formAlliances}, {"teams", s.formTeams},
		{"experts", s.callExperts}, {"lives", s.lives}, {"capacity", s.count}, {"newcomers", s.newcomers}, {"needs", s.needs}, {"notices", s.tell}, {"goodbye", s.leave},
	} {
		if err := step.do(); err != nil {
			return nil, fmt.Errorf("%s: %w", step.name, err)
		}
	}
	return s.accounts, nil
}

func (s *stage) write(who models.Who, fn func(*models.Tx) error) error {
	return s.store.Write(s.ctx, who, fn)
}

// list names the people shown on the sign-in page: one or a few for every part there is to play.
func (s *stage) list() {
	add := func(login, name string, roles []string, note string) {
		s.accounts = append(s.accounts, api.DemoAccount{Login: login, Password: Password, Name: name, Roles: roles, Note: note})
	}
	add("officer", "省科技厅经办(演示)", []string{"officer"}, "审核、发布、开标、抽取专家、排序、公示、立项")
	add("city01", "沈阳市科技局经办(演示)", []string{"officer"}, "审阅本市单位提交的榜题,出具初审推荐意见或退回;本市联盟由本市认定")
	add(newcomer, "北方密封 单位管理员", []string{"institution"}, "待核验单位:补交材料、申报隶属关系、答复联盟邀请")
	add("operator", "平台运营(演示)", []string{"operator"}, "单位核验、词表、角色;无权阅读揭榜内容")
	add("sysadmin", "系统管理员(演示)", []string{"system_admin"}, "词表与目录;不管账号,不看申报")
	add("secadmin", "安全管理员(演示)", []string{"security_admin"}, "账号、身份、解锁;授予身份须第二人同意")
	add("auditor", "审计监督(演示)", []string{"auditor"}, "只读全过程留痕")
	for _, a := range s.set.Alliances {
		if slices.Contains([]string{"AL01", "AL03", "AL04", "AL08", "AL09"}, a.Code) {
			add(strings.ToLower(a.Code), a.Leader.Name+" 盟主", []string{"leader"}, "起草与提交榜题;开标后看申报、打满意度")
		}
	}
	for _, t := range s.set.Teams {
		if slices.Contains([]string{"TM01", "TM02", "TM05", "TM06", "TM14", "TM41", "TM42"}, t.Code) {
			add(strings.ToLower(t.Code), t.Name+" 负责人", []string{"team_lead"}, "看推荐与理由,编写、提交、撤回揭榜申报")
		}
	}
	listed := map[string]bool{}
	for _, t := range s.set.Teams { // whoever endorses for the teams above
		if slices.Contains([]string{"TM01", "TM02", "TM05", "TM06"}, t.Code) && !listed[t.Institution.USCC] {
			listed[t.Institution.USCC] = true
			add("admin-"+strings.ToLower(t.Institution.USCC[11:16]), t.Institution.Name+" 单位管理员", []string{"institution"}, "审核并推荐(盖章)本单位团队的申报")
		}
	}
	for _, e := range s.set.Experts {
		if slices.Contains([]string{"EX001", "EX002", "EX010", "EX020"}, e.Code) {
			add(strings.ToLower(e.Code), e.DisplayName, []string{"expert"}, "接受邀请、声明回避、评分")
		}
	}
}

// person makes an account and a session to act in.
func (s *stage) person(tx *models.Tx, login, name, hash string) error {
	u := models.NewUser(login, name, hash)
	if err := tx.Make(models.AccountRegister, tx.Site(), u, models.Note{}); err != nil {
		return err
	}
	session, err := tx.StartSession(u.ID, "", "demo", 1000*24*time.Hour)
	if err != nil {
		return err
	}
	s.users[login], s.names[login] = models.Who{User: u.ID, Session: session.ID}, name
	return nil
}

func (s *stage) vocabularies() error {
	tax := s.set.Taxonomy
	type version struct {
		kind, code, zh, en, from, source string
		terms                            []models.Term
	}
	day := "2021-01-01"
	domains := version{kind: "domain", code: "DOMAIN-1", zh: "领域标签", en: "Domain tags", from: day}
	for _, t := range append(slices.Clone(tax.Roots), tax.Domains...) {
		domains.terms = append(domains.terms, models.Term{Code: t.Code, NameZh: t.NameZh, NameEn: t.NameEn, Parent: t.Parent, Synonyms: models.J(t.Synonyms)})
	}
	capabilities := version{kind: "capability", code: "CAPABILITY-1", zh: "能力标签", en: "Capability tags", from: day}
	for _, t := range tax.Capabilities {
		capabilities.terms = append(capabilities.terms, models.Term{Code: t.Code, NameZh: t.NameZh, NameEn: t.NameEn, Group: t.Group, Synonyms: models.J(t.Synonyms)})
	}
	trl := version{kind: "trl", code: "GBT-22900", zh: "技术成熟度", en: "Technology readiness levels", from: day}
	for _, l := range tax.TRL {
		trl.terms = append(trl.terms, models.Term{Code: fmt.Sprint(l.Level), NameZh: l.NameZh, NameEn: fmt.Sprintf("TRL %d", l.Level), NoteZh: l.DescZh})
	}
	versions := []version{domains, capabilities, trl}
	for _, c := range tax.Catalogues {
		v := version{kind: "chain", code: c.Code, zh: c.NameZh, en: c.NameEn, from: c.ValidFrom, source: c.Source}
		for _, chain := range c.Chains {
			v.terms = append(v.terms, models.Term{Code: chain.Code, NameZh: chain.NameZh, Group: chain.GroupZh, MapsTo: models.J(chain.MapsTo)})
		}
		versions = append(versions, v)
	}
	return s.write(models.System, func(tx *models.Tx) error {
		there, err := tx.Catalogues() // loaded before there was any account
		if err != nil {
			return err
		}
		for _, v := range versions {
			if slices.ContainsFunc(there, func(c models.Catalogue) bool { return c.Kind == v.kind && c.Code == v.code }) {
				continue
			}
			c := models.NewCatalogue()
			c.Kind, c.Code, c.NameZh, c.NameEn, c.From, c.Source = v.kind, v.code, v.zh, v.en, v.from, v.source
			c.State, c.Version, c.CreatedAt, c.UpdatedAt = models.CataloguePublished, 1, tx.Now, tx.Now
			if err := tx.Plant(c); err != nil {
				return err
			}
			if err := tx.AddTerms(c, v.terms); err != nil {
				return err
			}
		}
		return nil
	})
}

// districts of the demo's cities, by name.
var districts = map[string]string{"沈阳市": "210100", "大连市": "210200", "鞍山市": "210300", "抚顺市": "210400", "本溪市": "210500", "丹东市": "210600",
	"锦州市": "210700", "营口市": "210800", "阜新市": "210900", "辽阳市": "211000", "盘锦市": "211100", "铁岭市": "211200", "朝阳市": "211300", "葫芦岛市": "211400"}

// cityOfficer is the login of the officer of a region's city: city01 is Shenyang's.
func cityOfficer(region string) string { return "city" + region[2:4] }

func (s *stage) people() error {
	hash, err := password.Hash(s.ctx, password.Default, Password)
	if err != nil {
		return err
	}
	return s.write(models.System, func(tx *models.Tx) error {
		offices := []struct{ login, name, role, region string }{
			{"officer", "省科技厅经办(演示)", "officer", "210000"}, {"operator", "平台运营(演示)", "operator", ""},
			{"sysadmin", "系统管理员(演示)", "system_admin", ""}, {"secadmin", "安全管理员(演示)", "security_admin", ""}, {"auditor", "审计监督(演示)", "auditor", ""}}
		for _, city := range slices.Sorted(maps.Keys(districts)) {
			region := districts[city]
			offices = append(offices, struct{ login, name, role, region string }{cityOfficer(region), city + "科技局经办(演示)", "officer", region})
		}
		for _, p := range offices {
			if err := s.person(tx, p.login, p.name, hash); err != nil {
				return err
			}
			if _, err := tx.AddGrant(s.users[p.login].User, p.role, p.region); err != nil {
				return err
			}
		}
		org := func(name, uscc, kind, city string, inProvince bool) error {
			if s.orgs[uscc] != "" {
				return nil
			}
			region := districts[city]
			if region == "" && len(uscc) == 18 {
				region = uscc[2:8]
			}
			if inProvince && !strings.HasPrefix(region, "21") {
				region = "210000"
			}
			o := models.NewOrg()
			o.Name, o.USCC, o.Kind, o.City, o.Region = name, uscc, kind, city, region
			o.State, o.Version, o.CreatedAt, o.UpdatedAt = models.OrgVerified, 1, tx.Now, tx.Now
			s.orgs[uscc], s.orgNames[name] = o.ID, o.ID
			return tx.Plant(o)
		}
		admin := func(uscc, login, name string) error {
			if s.admins[uscc] != "" {
				return nil
			}
			if err := s.person(tx, login, name, hash); err != nil {
				return err
			}
			s.admins[uscc] = login
			_, err := tx.AddMembership(s.orgs[uscc], s.users[login].User, "admin")
			return err
		}
		for _, a := range s.set.Alliances {
			if err := org(a.Leader.Name, a.Leader.USCC, "enterprise", a.Leader.City, true); err != nil {
				return err
			}
			if err := admin(a.Leader.USCC, strings.ToLower(a.Code), a.Leader.Name+" 盟主"); err != nil {
				return err
			}
		}
		for _, c := range s.set.Challenges { // owners that lead no alliance hold a result to convert
			kind := "enterprise"
			if c.Type == "result_conversion" {
				kind = "research_institute"
			}
			if err := org(c.Owner.Name, c.Owner.USCC, kind, c.Owner.City, true); err != nil {
				return err
			}
			if err := admin(c.Owner.USCC, "owner-"+strings.ToLower(c.Owner.USCC[11:16]), c.Owner.Name+" 发榜经办"); err != nil {
				return err
			}
		}
		kinds := map[string]string{"social_organisation": "social_org"}
		for _, t := range s.set.Teams {
			kind := t.Institution.Type
			if k := kinds[kind]; k != "" {
				kind = k
			}
			if err := org(t.Institution.Name, t.Institution.USCC, kind, t.Institution.City, t.Institution.InProvince); err != nil {
				return err
			}
			if err := admin(t.Institution.USCC, "admin-"+strings.ToLower(t.Institution.USCC[11:16]), t.Institution.Name+" 单位管理员"); err != nil {
				return err
			}
			if err := s.person(tx, strings.ToLower(t.Code), t.Name+" 负责人", hash); err != nil {
				return err
			}
			if _, err := tx.AddMembership(s.orgs[t.Institution.USCC], s.users[strings.ToLower(t.Code)].User, "member"); err != nil {
				return err
			}
		}
		for _, a := range s.set.Alliances {
			for _, m := range a.Members {
				kind := "enterprise"
				if m.Role == "academic_member" {
					kind = "university"
				}
				if err := org(m.Name, m.USCC, kind, "", false); err != nil {
					return err
				}
			}
		}
		for _, e := range s.set.Experts {
			if err := s.person(tx, strings.ToLower(e.Code), e.DisplayName, hash); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *stage) formAlliances() error {
	tiers := map[string]string{"示范": "demonstration", "典型": "typical", "一般": "general"}
	roles := map[string]string{"academic_member": "academic", "enterprise_member": "enterprise", "finance_member": "finance", "user_member": "user"}
	return s.write(models.System, func(tx *models.Tx) error {
		for _, d := range s.set.Alliances {
			a := models.NewAlliance()
			a.Code, a.Name, a.Level, a.Tier, a.Chain, a.Leader = d.Code, d.Name, d.Level, tiers[d.Tier], d.IndustryChain, s.orgs[d.Leader.USCC]
			if a.Tier == "" {
				a.Tier = "general"
			}
			a.Region, a.MarketGoal, a.BenefitSharing = "210100", d.MarketGoal, d.BenefitSharing
			a.SignedOn, a.ValidUntil = s.today.AddDate(-1, 0, 0).Format(time.DateOnly), s.today.AddDate(d.AgreementValidYears-1, 0, 0).Format(time.DateOnly)
			a.State, a.Version, a.CreatedAt, a.UpdatedAt = models.AllianceRecognised, 1, tx.Now, tx.Now
			if err := tx.Plant(a); err != nil {
				return err
			}
			s.alliances[d.Code] = a.ID
			for _, m := range d.Members {
				role := roles[m.Role]
				if role == "" {
					role = "enterprise"
				}
				if _, err := tx.AddAllianceMember(a.ID, s.orgs[m.USCC], role, 0); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (s *stage) formTeams() error {
	return s.write(models.System, func(tx *models.Tx) error {
		for _, d := range s.set.Teams {
			t := models.NewTeam()
			t.Code, t.Name, t.Org, t.Summary = d.Code, d.Name, s.orgs[d.Institution.USCC], d.Summary
			t.TRLMin, t.TRLMax = d.TRLRange[0], d.TRLRange[1]
			t.MaxConcurrent, t.Ongoing = d.Capacity.MaxConcurrent, d.Capacity.Ongoing
			t.Chains, t.Disciplines, t.IPC = models.J(d.IndustryChains), models.J(d.Disciplines), models.J(d.IPC)
			t.Equipment, t.PilotLines = models.J(d.Equipment), models.J(d.PilotLines)
			domains := []models.DomainTag{}
			for _, x := range d.DomainTags {
				domains = append(domains, models.DomainTag{Tag: x.Tag, Level: x.Level})
			}
			capabilities := []models.Capability{}
			for _, x := range d.CapabilityTags {
				capabilities = append(capabilities, models.Capability{Tag: x.Tag, Level: x.Level, Verified: x.Verified})
			}
			t.Domains, t.Capabilities = models.J(domains), models.J(capabilities)
			if d.Staff != nil {
				t.Staff = models.J(models.Staff{Total: d.Staff.Total, PhD: d.Staff.PhD, Senior: d.Staff.Senior, Engineers: d.Staff.Engineers})
			}
			if d.TrackRecord != nil {
				t.Track = models.J(models.TrackRecord{Completed: d.TrackRecord.Completed, OnTime: d.TrackRecord.OnTime,
					FirstPass: d.TrackRecord.AcceptedFirstTime, Terminated: d.TrackRecord.Terminated})
			}
			if n := d.EvidenceCounts; n != nil {
				t.Counts = models.J(models.EvidenceCount{Papers: n.Papers5y, Patents: n.Patents, Standards: n.Standards,
					Projects: n.NationalProjects + n.ProvincialProjects, Awards: n.Awards, Software: n.Software, ContractsFen: fen(n.IndustryContractsWan)})
			}
			t.State, t.Version, t.CreatedAt, t.UpdatedAt = models.TeamActive, 1, tx.Now, tx.Now
			if err := tx.Plant(t); err != nil {
				return err
			}
			s.teams[d.Code] = t.ID
			if _, err := tx.AddTeamMember(t.ID, s.users[strings.ToLower(d.Code)].User, "lead"); err != nil {
				return err
			}
			for _, e := range d.EvidenceItems {
				if err := tx.AddEvidence(&models.Evidence{Team: t.ID, Kind: e.Kind, Title: e.Title, Year: e.Year, Verify: e.VerifyStatus, Tags: models.J(e.Tags)}); err != nil {
					return err
				}
			}
			for _, a := range d.AffiliatedWith {
				if _, err := tx.Relate(t.Org, s.orgs[a.OwnerUSCC], "control", s.today.AddDate(-5, 0, 0)); err != nil {
					return err
				}
			}
			if d.Integrity != nil && d.Integrity.Status == "blocked" {
				if err := tx.AddIntegrity(models.Integrity{Team: t.ID, Act: "提供虚假检测报告(演示)", Basis: "科学技术活动违规行为处理暂行规定", Body: "省科技厅(演示)",
					Since: s.today.AddDate(-1, 0, 0), Until: s.today.AddDate(2, 0, 0)}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (s *stage) callExperts() error {
	return s.write(models.System, func(tx *models.Tx) error {
		for _, d := range s.set.Experts {
			e := models.NewExpert()
			e.Code, e.User, e.Name, e.Kind, e.Unit = d.Code, s.users[strings.ToLower(d.Code)].User, d.DisplayName, d.Type, d.Institution
			e.Org, e.Rank, e.Discipline, e.Domains = s.orgNames[d.Institution], d.Rank, d.Discipline, models.J(d.DomainTags)
			e.YearlyCap, e.OtherCount = max(d.AnnualCap, 1), d.ReviewsThisYear
			conflicts := []models.DeclaredConflict{}
			for _, code := range d.CollaboratedTeams {
				conflicts = append(conflicts, models.DeclaredConflict{Team: s.teams[code], Reason: "近三年有合作", Until: s.today.AddDate(2, 0, 0).Format(time.DateOnly)})
			}
			e.Conflicts = models.J(conflicts)
			e.State, e.Version, e.CreatedAt, e.UpdatedAt = models.ExpertActive, 1, tx.Now, tx.Now
			if d.Status != "active" && d.Status != "" {
				e.State = models.ExpertSuspended
			}
			if err := tx.Plant(e); err != nil {
				return err
			}
			s.experts[d.Code] = e.ID
		}
		return nil
	})
}

// count takes what the teams have won here off what they declare as running elsewhere: the
// file's number is all of it.
func (s *stage) count() error {
	return s.write(models.System, func(tx *models.Tx) error {
		won, err := tx.Awarded()
		if err != nil {
			return err
		}
		for _, n := range slices.Sorted(maps.Keys(won)) {
			t, err := tx.Team(n)
			if err != nil {
				return err
			}
			t.Ongoing = max(0, t.Ongoing-won[n])
			if err := tx.Replant(t); err != nil {
				return err
			}
		}
		return nil
	})
}

// tell hands the events of the demo's past to their followers, so that people find the notices
// they would have had.
func (s *stage) tell() error {
	s.now = s.today
	_, err := s.store.Deliver(s.ctx)
	return err
}

// leave ends the sessions the demo's people acted in.
func (s *stage) leave() error {
	return s.write(models.System, func(tx *models.Tx) error {
		for _, who := range s.users {
			if _, err := tx.EndSessions(who.User, who.Session, "", "demo"); err != nil {
				return err
			}
		}
		return nil
	})
}

// fen turns 万元 into fen.
func fen(wan float64) models.Fen { return models.Fen(math.Round(wan * float64(models.Wan))) }
