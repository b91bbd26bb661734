package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"jiebang/matching/cover"
	"jiebang/matching/explain"
	"jiebang/matching/fit"
	"jiebang/matching/gate"
)

// The answer on lines of JSON.
type (
	matchLine struct {
		Challenge string      `json:"challenge"`
		Version   string      `json:"version"`
		Teams     []matchTeam `json:"teams"`
	}
	matchTeam struct {
		Team string `json:"team"`
		matchReasons
	}
	suggestLine struct {
		Team       string           `json:"team"`
		Version    string           `json:"version"`
		Challenges []matchChallenge `json:"challenges"`
	}
	matchChallenge struct {
		Challenge string `json:"challenge"`
		Standing  int    `json:"standing"` // the team's place in the challenge's list
		matchReasons
	}
	matchReasons struct {
		Place    int           `json:"place"`
		FitPlace int           `json:"fit_place"`
		Score    float64       `json:"score"`
		Band     string        `json:"band"`
		Eligible bool          `json:"eligible"`
		Gates    []gate.Reason `json:"gates"`
		Parts    []explain.Sum `json:"parts"`
		Words    explain.Sum   `json:"words"`
		Missing  []fit.Gap     `json:"missing"`
		Raise    []fit.Step    `json:"raise"`
	}
	compareLine struct {
		Challenge  string      `json:"challenge"`
		Version    string      `json:"version"`
		Teams      [2]string   `json:"teams"`
		Scores     [2]float64  `json:"scores"`
		Difference explain.Sum `json:"difference"`
	}
	consortiumLine struct {
		Challenge string `json:"challenge"`
		Version   string `json:"version"`
		cover.Answer
	}
)

func reasonsOf(m fit.Match) matchReasons {
	return matchReasons{m.Place, m.FitPlace, m.Score, fit.Band(m.Score), m.Eligible, m.Gates, m.Sum.Parts, m.Words, m.Missing, m.Raise}
}

// answer writes what was asked for, a challenge or a team at a time.
func (m *matcher) answer(out io.Writer) error {
	if m.team != "" && m.challenge == "" && !m.consortium {
		return m.answerTeam(out)
	}
	chosen := m.chosen()
	for i, c := range chosen {
		var err error
		switch {
		case m.consortium:
			err = m.answerConsortium(out, c)
		case m.compare != nil:
			err = m.answerCompare(out, c)
		default:
			err = m.answerChallenge(out, c)
		}
		if err != nil {
			return err
		}
		m.told.tell("match", i+1, len(chosen))
	}
	return nil
}

func writeJSONLine(out io.Writer, v any) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

func (m *matcher) answerChallenge(out io.Writer, c int) error {
	list := m.ranking(c)
	if m.json {
		line := matchLine{m.challenges[c].Code, m.engine.Version(), []matchTeam{}}
		for _, x := range list {
			line.Teams = append(line.Teams, matchTeam{x.Team, reasonsOf(x)})
		}
		return writeJSONLine(out, line)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", m.challenges[c].Code, m.challenges[c].Title)
	for _, x := range list {
		m.printMatch(&b, x, x.Team+" "+m.names[x.Team])
	}
	b.WriteByte('\n')
	_, err := io.WriteString(out, b.String())
	return err
}

func (m *matcher) answerTeam(out io.Writer) error {
	list := m.suggested(m.teamAt(m.team))
	if m.json {
		line := suggestLine{m.team, m.engine.Version(), []matchChallenge{}}
		for _, x := range list {
			line.Challenges = append(line.Challenges, matchChallenge{x.Challenge, x.at, reasonsOf(x.Match)})
		}
		return writeJSONLine(out, line)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", m.team, m.names[m.team])
	for _, x := range list {
		title := m.challenges[m.challengeAt(x.Challenge)].Title
		m.printMatch(&b, x.Match, fmt.Sprintf("%s %s  该榜第 %d", x.Challenge, title, x.at))
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// bands are the words for how well a pair fits; the number is only for putting pairs in order.
var bands = map[string]string{"strong": "很匹配", "good": "较匹配", "fair": "一般  ", "weak": "较弱  "}

// printMatch writes a line of a list, why it may not bid, and where wanted all parts and steps.
func (m *matcher) printMatch(b *strings.Builder, x fit.Match, label string) {
	mark := ""
	if !x.Eligible {
		mark = fmt.Sprintf("  不可揭榜（按得分排第 %d）", x.FitPlace)
	}
	fmt.Fprintf(b, "%4d  %6.2f %s  %s%s\n", x.Place, x.Score, bands[fit.Band(x.Score)], label, mark)
	for _, g := range x.Gates {
		if g.Hard || m.explain {
			fmt.Fprintf(b, "              %s: %s\n", g.Code, g.Reason)
		}
	}
	if !m.explain {
		return
	}
	for _, p := range x.Sum.Parts {
		printPart(b, p, "%6.2f", 14)
	}
	if words := x.Words; len(words.Parts) > 0 {
		words.Name = "text, by its words"
		printPart(b, words, "%6.2f", 14)
	}
	for _, g := range x.Missing {
		must := ""
		if g.Must {
			must = "必备 "
		}
		fmt.Fprintf(b, "              缺 %s%s：要求 %d 级，现有 %d 级\n", must, strings.TrimSpace(g.Tag+" "+g.Name), g.Min, g.Level)
	}
	for _, r := range x.Raise {
		fmt.Fprintf(b, "              +%.2f → %.2f  第 %d → %d  %s\n", r.Gain, r.Score, r.PlaceFrom, r.PlaceTo, strings.TrimSpace(r.Action+" "+strings.TrimSpace(r.Tag+" "+r.Title)))
	}
}

func printPart(b *strings.Builder, p explain.Sum, format string, indent int) {
	label := p.Name
	for _, k := range []string{"tag", "title", "id"} {
		if v, ok := p.Args[k]; ok {
			label += fmt.Sprintf(" %v", v)
		}
	}
	fmt.Fprintf(b, "%*s"+format+" %s\n", indent, "", p.Value, label)
	for _, q := range p.Parts {
		printPart(b, q, format, indent+4)
	}
}

func (m *matcher) answerCompare(out io.Writer, c int) error {
	x, y, d := m.difference(c)
	if m.json {
		return writeJSONLine(out, compareLine{m.challenges[c].Code, m.engine.Version(), [2]string{x.Team, y.Team}, [2]float64{x.Score, y.Score}, d})
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", m.challenges[c].Code, m.challenges[c].Title)
	for _, z := range []fit.Match{x, y} {
		fmt.Fprintf(&b, "      %6.2f  %s %s\n", z.Score, z.Team, m.names[z.Team])
	}
	fmt.Fprintf(&b, "     %+7.2f\n", d.Value)
	for _, p := range d.Parts {
		if !m.explain {
			p.Parts = nil
		}
		printPart(&b, p, "%+7.2f", 14)
	}
	b.WriteByte('\n')
	_, err := io.WriteString(out, b.String())
	return err
}

// whyNoSet are the words for what stands in the way of a set.
var whyNoSet = map[string]string{
	cover.Uncovered: "有必备能力无可参与的团队具备",
	cover.NoLead:    "可参与的团队均不能牵头",
	cover.Apart:     "每一组合都含不得合作的两队",
	cover.TooMany:   "组合过大",
	cover.With:      "指定的团队不能参与",
	cover.Work:      "搜索未完成",
}

func (m *matcher) answerConsortium(out io.Writer, c int) error {
	answer, err := m.consortia(c)
	if err != nil {
		return err
	}
	if m.json {
		return writeJSONLine(out, consortiumLine{m.challenges[c].Code, m.engine.Version(), answer})
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", m.challenges[c].Code, m.challenges[c].Title)
	for i, s := range answer.Sets {
		fmt.Fprintf(&b, "%4d  %s\n", i+1, strings.Join(s.Codes(), " + "))
		for _, member := range s.Members {
			lead := ""
			if !member.MayLead {
				lead = "  不能牵头"
			}
			fmt.Fprintf(&b, "      %6.2f  %s %s: %s%s\n", member.Fit, member.Team, m.names[member.Team], strings.Join(member.Brings, " "), lead)
		}
	}
	if answer.Why != "" {
		fmt.Fprintf(&b, "      %s\n", whyNoSet[answer.Why])
	}
	for _, n := range answer.Needs {
		if n.Holders > 0 && !m.explain {
			continue
		}
		fmt.Fprintf(&b, "      %s ≥ %d: %d 支团队可参与", n.Tag, n.Min, n.Holders)
		for _, t := range n.Out {
			fmt.Fprintf(&b, "；%s 不可（%s）", t.Team, strings.Join(t.Reasons, " "))
		}
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	_, err = io.WriteString(out, b.String())
	return err
}
