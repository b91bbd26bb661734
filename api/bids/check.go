package bids

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/models"
)

// checklist is what the formal check (形式审查) looks at, and which parts of the content
// speak for each line. It asks whether the papers are whole, never whether they are good.
var checklist = []struct {
	code  string
	paths []string
}{
	{"indicators", []string{"promises"}},
	{"partners", []string{"partners"}},
	{"people", []string{"people"}},
	{"budget", []string{"budget", "quote_fen"}},
	{"route", []string{"route"}},
	{"ip", []string{"ip_accept", "ip_counter"}},
	{"declarations", []string{"integrity_promise", "no_conflict", "commitment"}},
	{"files", []string{"documents", "evidence"}},
	{"eligibility", nil},
}

// BidCheckSheet is the formal check of an opened bid.
type BidCheckSheet struct {
	Done  bool               `json:"done" doc:"An officer has decided; else the lines are what the machine found"`
	Items []models.CheckItem `json:"items"`
}

// sheet is the check as the officer left it, or a proposal by the machine.
func sheet(tx *models.Tx, b *models.Bid, content *models.BidContent) (BidCheckSheet, error) {
	if len(b.Check.V) > 0 {
		return BidCheckSheet{Done: true, Items: b.Check.V}, nil
	}
	if b.State != models.BidOpened {
		return BidCheckSheet{}, nil
	}
	l, err := examine(tx, b, content)
	if err != nil {
		return BidCheckSheet{}, err
	}
	s := BidCheckSheet{}
	for _, line := range checklist {
		notes := []string{}
		for _, f := range l.missing {
			for _, p := range line.paths {
				if f.Path == p || strings.HasPrefix(f.Path, p+"[") || strings.HasPrefix(f.Path, p+".") {
					notes = append(notes, f.Path+" "+f.Message)
				}
			}
		}
		if line.code == "eligibility" {
			for _, r := range l.gates {
				if bars(r) {
					notes = append(notes, r.Reason)
				}
			}
		}
		if line.code == "indicators" && b.SealedNo < l.c.AmendedNo {
			notes = append(notes, fmt.Sprintf("答复的是第 %d 号文本,第 %d 号补充通知修改后未确认", b.SealedNo, l.c.AmendedNo))
		}
		note := []rune(strings.Join(notes, "; "))
		s.Items = append(s.Items, models.CheckItem{Code: line.code, OK: len(notes) == 0, Note: string(note[:min(len(note), 500)])})
	}
	return s, nil
}

// BidCheckInput is the officer's word on every line of the checklist.
type BidCheckInput struct {
	ID   models.BidID `path:"id"`
	Body struct {
		Items []models.CheckItem `json:"items" minItems:"1" maxItems:"50"`
	}
}

// Check decides the formal check: a bid passes when every line is in order. Until it has
// experts it may be decided anew.
func Check(tx *models.Tx, in *BidCheckInput) (*Bid, error) {
	action, reasons := models.BidCheck, []string{}
	for _, k := range in.Body.Items {
		if !k.OK {
			action, reasons = models.BidReject, append(reasons, k.Code+": "+k.Note)
		}
	}
	b, err := tx.BidFor(action, in.ID)
	if err != nil {
		return nil, err
	}
	c, err := tx.Challenge(b.ChallengeID)
	if err != nil {
		return nil, err
	}
	if err := question.Unhindered(tx, c, false); err != nil {
		return nil, err
	}
	if err := whole(in.Body.Items); err != nil {
		return nil, err
	}
	b.Check, b.Reason = models.J(in.Body.Items), strings.Join(reasons, "; ")
	if err := tx.Apply(action, b, models.Note{Reason: b.Reason}); err != nil {
		return nil, err
	}
	return view(tx, b)
}

// whole asks for each line of the checklist once, and for a note where it is not in order.
func whole(items []models.CheckItem) error {
	var f problem.Fields
	seen := map[string]bool{}
	for _, line := range checklist {
		seen[line.code] = false
	}
	for i, k := range items {
		path := fmt.Sprintf("items[%d]", i)
		twice, known := seen[k.Code]
		f.Require(known, path+".code", "bid.check_unknown", "is no line of the checklist")
		f.Require(!twice || !known, path+".code", "bid.check_twice", "is given twice; keep one")
		if known {
			seen[k.Code] = true
		}
		f.Require(k.OK || utf8.RuneCountInString(strings.TrimSpace(k.Note)) >= 4, path+".note", "bid.check_note", "must say what is wanting, in at least 4 characters")
	}
	for _, line := range checklist {
		f.Require(seen[line.code], "items", "bid.check_missing", "must hold the line %q", line.code)
	}
	return f.Problem("bid.check_incomplete", "The check needs a word on every line.")
}
