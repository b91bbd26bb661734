package documents

import (
	"time"

	"jiebang/internal/blob"
	"jiebang/models"
)

// Document is what is known of a file.
type Document struct {
	ID        models.DocumentID `json:"id"`
	OwnerKind models.Kind       `json:"owner_kind"`
	OwnerID   string            `json:"owner_id"`
	Purpose   string            `json:"purpose"`
	Name      string            `json:"name" doc:"As its uploader called it; a download is called otherwise"`
	FileName  string            `json:"file_name" doc:"What a download is called"`
	MediaType string            `json:"media_type" doc:"By content"`
	Size      int64             `json:"size"`
	SHA256    string            `json:"sha256"`
	Audience  string            `json:"audience" enum:"readers,parties" doc:"Whoever sees the thing, or only who acts on it"`
	State     string            `json:"state" enum:"stored,removed"`
	Version   int64             `json:"version"`
	CreatedAt time.Time         `json:"created_at"`
	Actions   []models.Action   `json:"actions"`
}

func view(tx *models.Tx, d *models.Document) (*Document, error) {
	actions, err := tx.Allowed(d)
	return &Document{ID: d.ID, OwnerKind: d.OwnerKind, OwnerID: d.OwnerID, Purpose: d.Purpose, Name: d.Name, FileName: neutral(d), MediaType: d.Media,
		Size: d.Size, SHA256: d.SHA256, Audience: d.Audience, State: d.State, Version: d.Version, CreatedAt: d.CreatedAt, Actions: actions}, err
}

// neutral is the name of a download: it tells neither who wrote the file nor what he called
// it, and its ending follows the content.
func neutral(d *models.Document) string {
	id := string(d.ID)
	return "附件-" + id[len(id)-6:] + blob.Extension(d.Media)
}
