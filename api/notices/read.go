package notices

import "jiebang/models"

// ReadInput names notices; without any it means all.
type ReadInput struct {
	Body struct {
		IDs []models.NoticeID `json:"ids" required:"false" maxItems:"200"`
	}
}

// NoticesRead says how many are left.
type NoticesRead struct {
	Unread int64 `json:"unread"`
}

// Read marks notices of the caller as read; another's are left alone without a word.
func Read(tx *models.Tx, in *ReadInput) (*NoticesRead, error) {
	if err := tx.May(models.NoticeRead); err != nil {
		return nil, err
	}
	if err := tx.ReadNotices(in.Body.IDs); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.NoticeRead, tx.Site(), models.Note{}); err != nil {
		return nil, err
	}
	n, err := tx.UnreadNotices()
	return &NoticesRead{n}, err
}
