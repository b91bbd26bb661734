package bids

import (
	"time"

	"jiebang/models"
)

// BidInput names a bid.
type BidInput struct {
	ID models.BidID `path:"id"`
}

// BidVersionList is the history of a draft, newest first.
type BidVersionList struct {
	Items []BidVersionItem `json:"items"`
}

// BidVersionItem is one saved version.
type BidVersionItem struct {
	Version   int       `json:"version"`
	Digest    string    `json:"digest"`
	SavedBy   string    `json:"saved_by" doc:"Name"`
	SavedAt   time.Time `json:"saved_at"`
	Requested bool      `json:"requested"`
	Endorsed  bool      `json:"endorsed"`
	Sealed    bool      `json:"sealed"`
}

// Versions lists the saved versions of a draft.
func Versions(tx *models.Tx, in *BidInput) (*BidVersionList, error) {
	b, err := tx.BidFor(models.BidVersions, in.ID)
	if err != nil {
		return nil, err
	}
	rows, err := tx.DraftsOf(b)
	if err != nil {
		return nil, err
	}
	out := &BidVersionList{}
	users := []models.UserID{}
	for _, v := range rows {
		users = append(users, v.SavedBy)
	}
	names, err := tx.Names(users)
	for _, v := range rows {
		out.Items = append(out.Items, versionItem(b, &v, names))
	}
	return out, err
}

func versionItem(b *models.Bid, v *models.BidVersion, names map[models.UserID]string) BidVersionItem {
	return BidVersionItem{Version: v.Version, Digest: v.Digest, SavedBy: names[v.SavedBy], SavedAt: v.SavedAt,
		Requested: v.Version == b.Requested, Endorsed: v.Version == b.Endorsed, Sealed: v.Version == b.Sealed}
}

// BidVersionInput names one version of a bid.
type BidVersionInput struct {
	ID models.BidID `path:"id"`
	N  int          `path:"n" minimum:"1" maximum:"1000000"`
}

// BidVersionView is one saved version whole.
type BidVersionView struct {
	BidVersionItem
	Content   *models.BidContent `json:"content"`
	Canonical string             `json:"canonical" doc:"The content as RFC 8785 writes it: its SHA-256 is the digest"`
}

// Version is one saved version with the very text whose digest it carries.
func Version(tx *models.Tx, in *BidVersionInput) (*BidVersionView, error) {
	b, err := tx.BidFor(models.BidVersions, in.ID)
	if err != nil {
		return nil, err
	}
	v, err := tx.DraftOf(b, in.N)
	if err != nil {
		return nil, err
	}
	content, err := read(v.Content, v.Digest)
	if err != nil {
		return nil, err
	}
	names, err := tx.Names([]models.UserID{v.SavedBy})
	return &BidVersionView{BidVersionItem: versionItem(b, v, names), Content: content, Canonical: v.Content}, err
}
