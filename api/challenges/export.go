package challenges

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	"jiebang/internal/workday"
	"jiebang/models"
)

// ExportInput asks for the public list, or what the filters leave of it, as a file.
type ExportInput struct {
	ChallengeQuery
	Format string `query:"format" enum:"csv,json" default:"csv"`
}

// exportMost bounds one file; filters make it smaller, sort and dates cut it into parts.
const exportMost = 5000

// exported is a file that is made.
type exported struct {
	*bytes.Reader
	name, media string
}

// Close has nothing to give back.
func (exported) Close() error { return nil }

// Label names the file.
func (e exported) Label() (name, mediaType string, size int64) {
	return e.name, e.media, e.Size()
}

// Export writes the list as CSV or JSON, at most 5,000 lines of it. It reads page by page,
// each in a unit of work of its own, so that a long file holds nothing up.
func Export(ctx context.Context, s *models.Store, who models.Who, in *ExportInput) (exported, error) {
	if err := in.consistent(); err != nil {
		return exported{}, err
	}
	rows, at, err := in.gather(ctx, s, who)
	if err != nil {
		return exported{}, err
	}
	name := "challenges-" + at.In(workday.Shanghai).Format(time.DateOnly)
	var b bytes.Buffer
	if in.Format == "json" {
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		err = e.Encode(map[string]any{"items": rows})
		return exported{bytes.NewReader(b.Bytes()), name + ".json", "application/json"}, err
	}
	err = table(&b, rows)
	return exported{bytes.NewReader(b.Bytes()), name + ".csv", "text/csv; charset=utf-8"}, err
}

func (in *ExportInput) gather(ctx context.Context, s *models.Store, who models.Who) (rows []ChallengeCard, at time.Time, err error) {
	rows = []ChallengeCard{}
	page := &SearchInput{ChallengeQuery: in.ChallengeQuery, Limit: 100}
	for len(rows) < exportMost {
		var got *ChallengePage
		err := s.Read(ctx, who, func(tx *models.Tx) (err error) {
			at = tx.Now
			if err := tx.May(models.ChallengeExport); err != nil {
				return err
			}
			got, err = Search(tx, page)
			return err
		})
		if err != nil {
			return nil, at, err
		}
		rows = append(rows, got.Items...)
		if page.Cursor = got.Next; page.Cursor == "" {
			break
		}
	}
	return rows, at, nil
}

// table writes CSV as a spreadsheet wants it: with the mark that it is UTF-8, times of
// Shenyang, and money in 万元.
func table(w io.Writer, rows []ChallengeCard) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write([]string{"编号 code", "状态 state", "题目 title", "类别 type", "发榜方 owner", "城市 city", "产业链 chain", "标签 tags",
		"揭榜金额(万元) bounty", "期限(月) term", "发布 published", "截止 deadline", "摘要 summary"}); err != nil {
		return err
	}
	for _, c := range rows {
		chain, tags := "", make([]string, len(c.Tags))
		if c.Chain != nil {
			chain = c.Chain.Name
		}
		for i, t := range c.Tags {
			tags[i] = t.Name
		}
		line := []string{c.Code, c.State, c.Title, c.Type, c.Owner.Name, c.City, chain, strings.Join(tags, "、"),
			strconv.FormatFloat(float64(c.BountyFen)/float64(models.Wan), 'f', -1, 64), strconv.Itoa(c.TermMonths), local(c.PublishedAt), local(c.Deadline), c.Summary}
		for i := range line {
			line[i] = harmless(line[i])
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func local(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.In(workday.Shanghai).Format("2006-01-02 15:04")
}

// harmless keeps a spreadsheet from taking a cell for a formula.
func harmless(cell string) string {
	trimmed := strings.TrimLeft(cell, " \u00a0\u3000")
	if trimmed != "" && strings.ContainsAny(trimmed[:1], "=+-@\t\r\n|") || strings.HasPrefix(trimmed, "＝") || strings.HasPrefix(trimmed, "＋") ||
		strings.HasPrefix(trimmed, "－") || strings.HasPrefix(trimmed, "＠") {
		return "'" + cell
	}
	return cell
}
