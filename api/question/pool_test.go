package question_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand"
	"slices"
	"testing"
	"time"

	"jiebang/api/question"
	"jiebang/internal/dbtest"
	"jiebang/models"
)

// province is teams of two dozen fields, past the table, and a challenge of one of the fields.
type province struct {
	s    *models.Store
	c    *models.Challenge
	id   []models.TeamID
	lead models.Who // of the first team
}

var fields = []string{"磁悬浮轴承", "离心压缩机", "玉米育种", "电主轴", "流体仿真", "稀土永磁", "钛合金锻造", "碳纤维铺放", "光刻胶", "心脏支架", "废水处理", "锂电隔膜",
	"工业机器人", "齿轮传动", "液压元件", "数控系统", "燃气轮机", "焊接工艺", "粉末冶金", "激光雷达", "芯片封装", "疫苗佐剂", "地热钻井", "盾构刀具"}

func plantProvince(t *testing.T, s *models.Store, teams int) *province {
	t.Helper()
	p := &province{s: s}
	r := rand.New(rand.NewSource(5))
	p.write(t, func(tx *models.Tx) error {
		life := func(state string) models.Life {
			return models.Life{State: state, Version: 1, CreatedAt: tx.Now, UpdatedAt: tx.Now}
		}
		org := models.NewOrg()
		org.Name, org.Kind, org.Region, org.USCC, org.Life = "University", "university", "210100", "000000000000000001", life(models.OrgVerified)
		firm := models.NewOrg()
		firm.Name, firm.Kind, firm.Region, firm.USCC, firm.Life = "Firm", "enterprise", "210100", "000000000000000002", life(models.OrgVerified)
		for _, row := range []any{org, firm} {
			if err := tx.Plant(row); err != nil {
				return err
			}
		}
		for i := range teams {
			m := models.NewTeam()
			m.Code, m.Name, m.Org, m.TRLMin, m.TRLMax, m.MaxConcurrent, m.Life = fmt.Sprintf("TM%05d", i), fmt.Sprint("团队", i), org.ID, 1+r.Intn(4), 5+r.Intn(4), 2, life(models.TeamActive)
			for range 3 {
				m.Capabilities.V = append(m.Capabilities.V, models.Capability{Tag: fmt.Sprint("skill_", r.Intn(12)), Level: 1 + r.Intn(5)})
			}
			m.Domains = models.J([]models.DomainTag{{Tag: fmt.Sprint("field_", r.Intn(len(fields))), Level: 1 + r.Intn(5)}})
			if err := tx.Plant(m); err != nil {
				return err
			}
			for range 1 + r.Intn(3) {
				e := &models.Evidence{Team: m.ID, Kind: "paper", Year: 2015 + r.Intn(10), Verify: "self_declared",
					Title: fields[r.Intn(len(fields))] + "的" + fields[r.Intn(len(fields))] + "研究"}
				if err := tx.AddEvidence(e); err != nil {
					return err
				}
			}
			p.id = append(p.id, m.ID)
		}
		u := models.NewUser("lead", "Lead", "x")
		u.Life = life(models.UserActive)
		if err := tx.Plant(u); err != nil {
			return err
		}
		ses, err := tx.StartSession(u.ID, models.RandomToken(), "", time.Hour)
		if err != nil {
			return err
		}
		p.lead = models.Who{User: u.ID, Session: ses.ID}
		if _, err := tx.AddTeamMember(p.id[0], u.ID, "lead"); err != nil {
			return err
		}
		p.c = models.NewChallenge()
		p.c.Owner, p.c.Region, p.c.Type, p.c.Title, p.c.Need, p.c.Version = firm.ID, "210100", "tech_breakthrough", "磁悬浮轴承及离心压缩机研制", "研制磁悬浮轴承、离心压缩机与控制器。", 1
		p.c.Tags = models.J([]string{"field_0", "field_1"})
		p.c.Capabilities = models.J([]models.RequiredCapability{{Tag: "skill_1", Must: true, MinLevel: 3}, {Tag: "skill_2", MinLevel: 2}})
		p.c.TRLNow, p.c.TRLTarget = 3, 6
		return nil
	})
	return p
}

func (p *province) write(t testing.TB, fn func(tx *models.Tx) error) {
	t.Helper()
	if err := p.s.Write(t.Context(), models.System, fn); err != nil {
		t.Fatal(err)
	}
}

// best is the head of the challenge's list as a process with these settings sees it.
func (p *province) best(t testing.TB, s *models.Store) (list []string, b *question.Best) {
	t.Helper()
	err := s.Read(t.Context(), models.System, func(tx *models.Tx) (err error) {
		if b, err = question.BestFor(tx, p.c, 10, true); err != nil {
			return err
		}
		for _, m := range b.Matches {
			list = append(list, fmt.Sprintf("%s %.9f %d", m.Team, m.Score, m.Place))
			if err := m.Sum.Check(); err != nil {
				t.Error(err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list, b
}

// process is another process on the same database.
func (p *province) process(set question.PoolSettings) *models.Store {
	s := p.s.Apart()
	question.SetPool(s, set)
	return s
}

var (
	everyTeam    = question.PoolSettings{Whole: 10_000, Candidates: 100, Memory: 100_000, Kept: 500}
	fromMemory   = question.PoolSettings{Whole: 10, Candidates: 100, Memory: 100_000, Kept: 500}
	fromDatabase = question.PoolSettings{Whole: 10, Candidates: 100, Memory: 10, Kept: 500}
)

// TestEveryRoad asks for the same list by scoring every team, by the index in memory, and by
// candidates out of the database; before a training and after it.
func TestEveryRoad(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		dbtest.Wrecked(t)
		p := plantProvince(t, s, 400)
		every, memory, database := p.process(everyTeam), p.process(fromMemory), p.process(fromDatabase)
		for _, round := range []string{"untrained", "trained"} {
			if round == "trained" {
				if err := question.Train(t.Context(), s); err != nil {
					t.Fatal(err)
				}
			}
			if err := question.Enter(t.Context(), database); err != nil {
				t.Fatal(err)
			}
			want, all := p.best(t, every)
			if len(want) != 10 || all.Compared != 400 || all.Total != 400 || !all.Cut {
				t.Fatalf("%s: %d lines, %+v", round, len(want), all)
			}
			for name, s := range map[string]*models.Store{"memory": memory, "database": database} {
				got, b := p.best(t, s)
				if !slices.Equal(got, want) {
					t.Errorf("%s: the list from %s is\n%v, want\n%v", round, name, got, want)
				}
				if b.Compared >= 400 || b.Total != 400 || !b.Cut {
					t.Errorf("%s: from %s %d of %d were compared, cut %v; the first stage did nothing", round, name, b.Compared, b.Total, b.Cut)
				}
			}
		}
	})
}

// TestLive asks that a card changed by one process is in the ranking of the others with their
// next question, and that what was rolled back is not.
func TestLive(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		dbtest.Wrecked(t)
		p := plantProvince(t, s, 60)
		there := map[string]*models.Store{"every team": p.process(everyTeam), "memory": p.process(fromMemory)}
		for _, s := range there {
			p.best(t, s)
		}
		last := p.id[0]
		improve := func(fail error) func(tx *models.Tx) error {
			return func(tx *models.Tx) error {
				team, err := tx.TeamFor(models.TeamEdit, last)
				if err != nil {
					return err
				}
				team.Capabilities = models.J([]models.Capability{{Tag: "skill_1", Level: 5, Verified: true}, {Tag: "skill_2", Level: 5, Verified: true}})
				team.Domains = models.J([]models.DomainTag{{Tag: "field_0", Level: 5}, {Tag: "field_1", Level: 5}})
				if err := tx.Apply(models.TeamEdit, team, models.Note{}); err != nil {
					return err
				}
				if _, err := question.BestFor(tx, p.c, 10, true); err != nil {
					return err
				}
				return fail
			}
		}
		if err := s.Write(t.Context(), p.lead, improve(io.EOF)); err != io.EOF {
			t.Fatal(err)
		}
		for name, s := range there {
			if list, _ := p.best(t, s); list[0][:len(last)] == string(last) {
				t.Errorf("%s: a change that was rolled back is ranked", name)
			}
		}
		if err := s.Write(t.Context(), p.lead, improve(nil)); err != nil {
			t.Fatal(err)
		}
		for name, s := range there {
			if list, _ := p.best(t, s); list[0][:len(last)] != string(last) {
				t.Errorf("%s: the team that was just changed is not first: %v", name, list)
			}
		}
	})
}

// TestIndexOutlives writes the index down and takes it up in a later process, which learns of
// what changed between.
func TestIndexOutlives(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		dbtest.Wrecked(t)
		p := plantProvince(t, s, 60)
		var file []byte
		opened := 0
		set := fromMemory
		set.Save = func(write func(io.Writer) error) error {
			var b bytes.Buffer
			err := write(&b)
			file = b.Bytes()
			return err
		}
		set.Open = func() (io.ReadCloser, error) {
			if file == nil {
				return nil, io.EOF
			}
			opened++
			return io.NopCloser(bytes.NewReader(file)), nil
		}
		first := p.process(set)
		want, _ := p.best(t, first)
		if err := question.SaveIndex(t.Context(), first); err != nil || file == nil {
			t.Fatalf("nothing is written: %v", err)
		}
		if got, _ := p.best(t, p.process(set)); opened != 1 || !slices.Equal(got, want) {
			t.Errorf("after %d openings the list is\n%v, want\n%v", opened, got, want)
		}
		for _, broken := range [][]byte{nil, file[:len(file)/2], append(slices.Clone(file), 1), []byte("{}\n"), bytes.Replace(file, []byte(`"since":`), []byte(`"since":9`), 1)} {
			file = broken
			if got, _ := p.best(t, p.process(set)); !slices.Equal(got, want) {
				t.Errorf("with a broken file of %d bytes the list is %v", len(broken), got)
			}
		}
	})
}

// TestFewMayBid asks for a list that no team can fill: it stops after some rounds instead of
// scoring the whole pool, and says that it was cut.
func TestFewMayBid(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		dbtest.Wrecked(t)
		p := plantProvince(t, s, 400)
		p.c.Conditions.V.EnterpriseOnly = true
		_, b := p.best(t, p.process(question.PoolSettings{Whole: 10, Candidates: 2, Memory: 100_000, Kept: 500}))
		if len(b.Matches) != 0 || b.Compared >= 400 || !b.Cut {
			t.Errorf("%d lines of %d teams compared, cut %v", len(b.Matches), b.Compared, b.Cut)
		}
	})
}
