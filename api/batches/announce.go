package batches

import (
	"strings"
	"time"

	"jiebang/internal/problem"
	"jiebang/internal/workday"
	"jiebang/models"
)

// AnnounceInput is an early notice (预告).
type AnnounceInput struct {
	ID   models.BatchID `path:"id"`
	Body struct {
		Notice    string    `json:"notice" minLength:"4" maxLength:"2000" doc:"What the coming list will be about; public"`
		PublishOn time.Time `json:"publish_on" doc:"When it is meant to be published"`
	}
}

// Announce tells the public of a coming list, with its date. It may be told anew until a
// challenge of it is published.
func Announce(tx *models.Tx, in *AnnounceInput) (*Batch, error) {
	b, err := tx.BatchFor(models.BatchAnnounce, in.ID)
	if err != nil {
		return nil, err
	}
	on := in.Body.PublishOn.UTC().Truncate(time.Microsecond)
	dates := b.Dates.V
	dates.PublishOn = &on
	var f problem.Fields
	f.Require(len([]rune(strings.TrimSpace(in.Body.Notice))) >= 4, "notice", "field.length", "must have at least 4 characters that are not blanks")
	f.Require(on.After(tx.Now), "publish_on", "batch.notice_past", "must lie in the future")
	inOrder(&f, dates)
	if err := f.Problem("batch.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	at := tx.Now
	b.Dates, b.Notice, b.AnnouncedAt = models.J(dates), strings.TrimSpace(in.Body.Notice), &at
	if err := tx.Apply(models.BatchAnnounce, b, models.Note{Data: map[string]any{"publish_on": on.Format(time.RFC3339)}}); err != nil {
		return nil, err
	}
	return view(tx, b)
}

// inOrder holds the windows to their order, where they are given.
func inOrder(f *problem.Fields, d models.BatchDates) {
	var last *time.Time
	for _, x := range []struct {
		path string
		at   *time.Time
	}{{"dates.publish_on", d.PublishOn}, {"dates.clarify_until", d.ClarifyUntil}, {"dates.bid_deadline", d.Deadline}, {"dates.review_until", d.ReviewUntil}} {
		if x.at == nil {
			continue
		}
		f.Require(last == nil || x.at.After(*last), x.path, "batch.dates_order", "must be after the date before it")
		last = x.at
	}
}

// CloneInput names the copy and when it is meant to be published.
type CloneInput struct {
	ID   models.BatchID `path:"id"`
	Body struct {
		Year      int        `json:"year" minimum:"2020" maximum:"2100"`
		No        int        `json:"no" minimum:"1" maximum:"99"`
		Title     string     `json:"title" minLength:"4" maxLength:"100"`
		PublishOn *time.Time `json:"publish_on,omitempty" doc:"The other dates move along, keeping their working days. Default: the copy has no dates"`
	}
}

// Clone copies a batch with its rules into a new one of the same region. Dates are moved by
// the calendar: as many working days lie between them as did.
func Clone(tx *models.Tx, in *CloneInput) (*Batch, error) {
	old, err := tx.BatchFor(models.BatchClone, in.ID)
	if err != nil {
		return nil, err
	}
	b := models.NewBatch()
	b.Region, b.RegionCode, b.Programme, b.Criteria, b.Weights, b.Panel, b.Conflicts = old.Region, old.RegionCode, old.Programme, old.Criteria, old.Weights, old.Panel, old.Conflicts
	b.PublicityDays, b.InProvince, b.Recommend, b.Rules, b.ClonedFrom = old.PublicityDays, old.InProvince, old.Recommend, old.Rules, old.ID
	b.MinQuality, b.NeedSheets = old.MinQuality, old.NeedSheets
	b.Year, b.No, b.Title = in.Body.Year, in.Body.No, strings.TrimSpace(in.Body.Title)
	var f problem.Fields
	f.Require(len([]rune(b.Title)) >= 4, "title", "field.length", "must have at least 4 characters that are not blanks")
	if on := in.Body.PublishOn; on != nil {
		f.Require(old.Dates.V.PublishOn != nil, "publish_on", "batch.no_dates", "cannot move dates: the batch has no date of publication; leave it out")
		if old.Dates.V.PublishOn != nil {
			b.Dates = models.J(shifted(old.Dates.V, on.UTC().Truncate(time.Microsecond)))
		}
	}
	if err := f.Problem("batch.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	if err := tx.Make(models.BatchClone, old, b, models.Note{Data: map[string]any{"from": old.ID}}); err != nil {
		return nil, err
	}
	return view(tx, b)
}

// shifted moves all dates so that the first one is on the given day.
func shifted(d models.BatchDates, on time.Time) models.BatchDates {
	cal, from := workday.Official(), *d.PublishOn
	for _, at := range []**time.Time{&d.ClarifyUntil, &d.Deadline, &d.ReviewUntil} {
		if *at == nil {
			continue
		}
		// The hour of the day stays; the day is as many working days away as it was.
		there := cal.Add(on, max(1, cal.Between(from, cal.Add(**at, 0)))).Add(-time.Second).In(workday.Shanghai)
		h := (*at).In(workday.Shanghai)
		moved := time.Date(there.Year(), there.Month(), there.Day(), h.Hour(), h.Minute(), h.Second(), h.Nanosecond(), workday.Shanghai).UTC()
		*at = &moved
	}
	d.PublishOn = &on
	return d
}
