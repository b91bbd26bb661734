package documents

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"jiebang/internal/blob"
	"jiebang/internal/problem"
	"jiebang/models"
)

const mega = 1 << 20

// purpose is what a file may be for: how large, and who reads it.
type purpose struct {
	limit    int64
	audience string
}

// purposes by the kind of thing a file belongs to. What only the parties read is marked so;
// everything else is read by whoever may see the thing.
var purposes = map[models.Kind]map[string]purpose{
	models.KindChallenge: {"attachment": {50 * mega, "readers"}, "fund_proof": {20 * mega, "parties"}},
	models.KindBid:       {"attachment": {50 * mega, "readers"}, "commitment": {20 * mega, "readers"}, models.PurposeBlind: {50 * mega, "readers"}},
	models.KindTeam:      {"evidence": {50 * mega, "parties"}, "attachment": {20 * mega, "readers"}},
	models.KindOrg:       {"credential": {20 * mega, "parties"}, "licence": {20 * mega, "parties"}, "authorisation": {20 * mega, "parties"}},
	models.KindAlliance:  {"agreement": {20 * mega, "parties"}},
	models.KindObjection: {"attachment": {20 * mega, "readers"}}, // only the objector and the office see an objection
}

// most is how many files a thing takes.
const most = 100

// DocumentUploadInput says what the file is for; the file is the body.
type DocumentUploadInput struct {
	Key     string      `header:"Idempotency-Key" maxLength:"80" doc:"Makes a repeated call happen once"`
	Kind    models.Kind `query:"owner_kind" required:"true" enum:"challenge,bid,team,org,alliance,objection"`
	ID      string      `query:"owner_id" required:"true" maxLength:"40"`
	Purpose string      `query:"purpose" required:"true" maxLength:"40" doc:"attachment, fund_proof, commitment, blind, evidence, credential, licence, authorisation or agreement, as the thing takes it"`
	Name    string      `query:"name" required:"true" minLength:"1" maxLength:"200" doc:"With its ending"`
}

// Upload takes a file: it asks whether the caller may add one before a byte is read, looks
// at the content before anything is kept, and records it in one unit of work. What is
// refused leaves nothing behind.
func Upload(ctx context.Context, s *models.Store, who models.Who, b blob.Store, in *DocumentUploadInput, body io.Reader) (*Document, error) {
	name, p, err := admit(in)
	ask := s.Read(ctx, who, func(tx *models.Tx) error { _, err := tx.ThingFor(models.DocumentUpload, in.Kind, in.ID); return err })
	if ask != nil { // a stranger is not even told which purposes there are
		return nil, ask
	}
	if err != nil {
		return nil, err
	}
	head := make([]byte, blob.HeadSize)
	n, err := io.ReadFull(body, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fmt.Errorf("read a file: %w", err)
	}
	head = head[:n]
	media, ok := blob.Kind(head, name)
	if !ok {
		return nil, refuse("body", "document.kind", "must be a PDF, a Word, Excel or PowerPoint document without macros, a PNG or JPEG picture, plain text or CSV")
	}
	kept, err := b.Put(ctx, io.MultiReader(bytes.NewReader(head), body), p.limit)
	if errors.Is(err, blob.ErrTooLarge) {
		return nil, refuse("body", "document.too_large", fmt.Sprintf("must have at most %d MB", p.limit/mega))
	}
	if err != nil {
		return nil, err
	}
	d := models.NewDocument(in.Kind, in.ID)
	d.Purpose, d.Name, d.Media, d.Size, d.SHA256, d.Audience, d.By = in.Purpose, name, media, kept.Size, string(kept.Digest), p.audience, who.User
	out, err := record(ctx, s, who, b, in, d)
	if err != nil {
		return nil, errors.Join(err, forget(context.WithoutCancel(ctx), s, b, d.SHA256))
	}
	return out, nil
}

// admit looks at what is said of the file before the file.
func admit(in *DocumentUploadInput) (string, purpose, error) {
	var f problem.Fields
	p, ok := purposes[in.Kind][in.Purpose]
	f.Require(ok, "query.purpose", "document.purpose", "is nothing a %s takes a file for", in.Kind)
	name := strings.TrimSpace(path.Base(strings.ReplaceAll(in.Name, `\`, "/")))
	if strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) || name == "." || name == "/" || !utf8.ValidString(name) {
		f.Add("query.name", "document.name", "must be a plain file name")
	}
	return name, p, f.Problem("document.invalid", "The file cannot be taken like this.")
}

func refuse(path, code, message string) error {
	var f problem.Fields
	f.Add(path, code, "%s", message)
	return f.Problem(code, "The file cannot be taken.")
}

// record writes the document down, once for an Idempotency-Key and a content. The content
// is held meanwhile: it was there a moment ago, and must not be dropped now.
func record(ctx context.Context, s *models.Store, who models.Who, b blob.Store, in *DocumentUploadInput, d *models.Document) (out *Document, err error) {
	err = s.Write(ctx, who, func(tx *models.Tx) error {
		if in.Key != "" {
			call := strings.Join([]string{string(models.DocumentUpload), string(in.Kind), in.ID, in.Purpose, d.Name, d.SHA256}, "\n")
			before, err := tx.Once(in.Key, call)
			if err != nil {
				return err
			}
			if before != nil {
				return json.Unmarshal([]byte(before.Body), &out)
			}
		}
		owner, err := tx.ThingFor(models.DocumentUpload, in.Kind, in.ID)
		if err != nil {
			return err
		}
		have, err := tx.DocumentsOf(in.Kind, in.ID)
		if err != nil {
			return err
		}
		if len(have) >= most {
			return problem.New(problem.Conflict, "document.too_many", "There are %d files already; take one away first.", most)
		}
		if _, err := tx.HoldContent(d.SHA256); err != nil {
			return err
		}
		if _, err := b.Stat(ctx, blob.Digest(d.SHA256)); errors.Is(err, blob.ErrNotExist) {
			return problem.New(problem.Conflict, "document.dropped", "The same file was taken away at this moment; send it again.")
		} else if err != nil {
			return err
		}
		d.Version = 0
		if err := tx.Make(models.DocumentUpload, owner, d, models.Note{Data: map[string]any{"purpose": d.Purpose, "sha256": d.SHA256}}); err != nil {
			return err
		}
		if out, err = view(tx, d); err != nil || in.Key == "" {
			return err
		}
		raw, err := json.Marshal(out)
		if err != nil {
			return err
		}
		return tx.KeepAnswer(in.Key, 201, string(raw))
	})
	return out, err
}

// forget drops a content that no document refers to. The unit of work holds the content, so
// that nobody records it while it goes.
func forget(ctx context.Context, s *models.Store, b blob.Store, sha256 string) error {
	return s.Write(ctx, models.System, func(tx *models.Tx) error {
		n, err := tx.HoldContent(sha256)
		if err != nil || n > 0 {
			return err
		}
		return b.Delete(ctx, blob.Digest(sha256))
	})
}
