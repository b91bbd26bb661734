package reviews

import (
	"context"
	"fmt"

	"jiebang/api/question"
	"jiebang/internal/blob"
	"jiebang/internal/problem"
	"jiebang/models"
)

// ReviewBid is a bid as its expert reads it. Where he judges blind it holds the blind part only:
// the route written for it, the promises on the sheet, plan, risks, conversion and money, and the
// files that were added for blind review. Nobody and nothing in it has a name.
type ReviewBid struct {
	Assignment models.AssignmentID `json:"assignment"`
	BidCode    string              `json:"bid_code"`
	Blind      bool                `json:"blind"`
	Summary    string              `json:"summary" doc:"Empty where the expert judges blind"`
	Route      string              `json:"route"`
	Schedule   string              `json:"schedule"`
	Risks      string              `json:"risks"`
	Facilities string              `json:"facilities" doc:"Empty where the expert judges blind"`
	Conversion string              `json:"conversion"`
	IPAccept   bool                `json:"ip_accept"`
	IPCounter  string              `json:"ip_counter"`
	QuoteFen   models.Fen          `json:"quote_fen"`
	Budget     models.Budget       `json:"budget"`
	Files      []ReviewFile        `json:"files"`
}

// ReviewFile is a file of the bid, by its number in the list.
type ReviewFile struct {
	No        int    `json:"no"`
	Name      string `json:"name" doc:"What a download is called; never the uploader's name for it"`
	MediaType string `json:"media_type"`
	Size      int64  `json:"size"`
}

// Read is the bid of an assignment, as its expert may read it.
func Read(tx *models.Tx, in *ShowInput) (*ReviewBid, error) {
	a, err := tx.AssignmentFor(models.ReviewRead, in.ID)
	if err != nil {
		return nil, err
	}
	v, _, err := reading(tx, a)
	return v, err
}

// reading is what the expert reads, and the files behind its list.
func reading(tx *models.Tx, a *models.Assignment) (*ReviewBid, []models.Document, error) {
	c, err := tx.Challenge(a.ChallengeID)
	if err != nil {
		return nil, nil, err
	}
	b, err := tx.Bid(a.Bid)
	if err != nil {
		return nil, nil, err
	}
	contents, err := question.Contents(tx, []models.Bid{*b})
	if err != nil {
		return nil, nil, err
	}
	text := contents[b.ID]
	v := &ReviewBid{Assignment: a.ID, BidCode: a.BidAlias(), Blind: tx.Blinded(c, a), Route: text.Blind, Schedule: text.Schedule, Risks: text.Risks,
		Conversion: text.Conversion, IPAccept: text.IPAccept, IPCounter: text.IPCounter, QuoteFen: text.QuoteFen, Budget: text.Budget}
	if !v.Blind {
		v.BidCode, v.Summary, v.Route, v.Facilities = question.BidCode(b), text.Summary, text.Route, text.Facilities
	}
	stored, err := tx.DocumentsByID(text.Documents)
	if err != nil {
		return nil, nil, err
	}
	files := []models.Document{}
	for _, id := range text.Documents {
		if d, ok := stored[id]; ok && d.State == models.DocumentStored && (!v.Blind || d.Purpose == models.PurposeBlind) {
			files = append(files, d)
			v.Files = append(v.Files, ReviewFile{No: len(files), Name: fileName(len(files), d.Media), MediaType: d.Media, Size: d.Size})
		}
	}
	return v, files, nil
}

// fileName is made of the place in the list: an id or the uploader's own name would tell more.
func fileName(no int, media string) string {
	return fmt.Sprintf("附件-%d%s", no, blob.Extension(media))
}

// ReadFileInput names a file of the bid by its number.
type ReadFileInput struct {
	ID models.AssignmentID `path:"id"`
	No int                 `path:"no" minimum:"1" maximum:"100"`
}

// ReadContent is a file on its way out.
type ReadContent struct {
	blob.Content
	file ReviewFile
}

// Label says what the caller gets.
func (c *ReadContent) Label() (name, mediaType string, size int64) {
	return c.file.Name, c.file.MediaType, c.file.Size
}

// ReadFile opens a file of the bid for its expert. The database is not held while it flows.
func ReadFile(ctx context.Context, s *models.Store, who models.Who, b blob.Store, in *ReadFileInput) (*ReadContent, error) {
	var file ReviewFile
	var sha256 string
	err := s.Read(ctx, who, func(tx *models.Tx) error {
		a, err := tx.AssignmentFor(models.ReviewRead, in.ID)
		if err != nil {
			return err
		}
		v, files, err := reading(tx, a)
		if err != nil {
			return err
		}
		if in.No > len(files) {
			return problem.Missing()
		}
		file, sha256 = v.Files[in.No-1], files[in.No-1].SHA256
		return nil
	})
	if err != nil {
		return nil, err
	}
	c, err := b.Open(ctx, blob.Digest(sha256))
	if err != nil {
		return nil, fmt.Errorf("file %d of assignment %s: %w", in.No, in.ID, err)
	}
	return &ReadContent{Content: c, file: file}, nil
}
