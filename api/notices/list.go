package notices

import (
	"time"

	"jiebang/models"
)

// ListInput asks for a page of the caller's notices.
type ListInput struct {
	Unread bool     `query:"unread" doc:"Only what was not read"`
	Group  []string `query:"group" enum:"found,asked,bids,reviews,results,who,platform" maxItems:"7" doc:"Any of these groups of kinds; all by default"`
	Q      string   `query:"q" maxLength:"80" doc:"Part of the title or the code of what is told of"`
	Cursor string   `query:"cursor" maxLength:"500"`
	Limit  int      `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

// NoticePage is a page of notices.
type NoticePage struct {
	Items  []Notice `json:"items"`
	Next   string   `json:"next"`
	Unread int64    `json:"unread" doc:"How many are unread in all"`
}

// Notice tells of something that was done. Its words are made where it is read, out of kind
// and params.
type Notice struct {
	ID        models.NoticeID `json:"id"`
	Kind      string          `json:"kind" doc:"The action it tells of"`
	ThingKind models.Kind     `json:"thing_kind"`
	Thing     string          `json:"thing"`
	Params    map[string]any  `json:"params" doc:"title, code and dates; as: in which role it concerns the reader"`
	At        time.Time       `json:"at"`
	ReadAt    *time.Time      `json:"read_at,omitempty"`
}

// List is a page of the caller's notices, newest first.
func List(tx *models.Tx, in *ListInput) (*NoticePage, error) {
	if err := tx.May(models.NoticeList); err != nil {
		return nil, err
	}
	after, err := tx.Cursor("notices", in.Cursor)
	if err != nil {
		return nil, err
	}
	rows, err := tx.NoticePage(models.NoticeFilter{Unread: in.Unread, Groups: in.Group, Words: in.Q}, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &NoticePage{}
	if len(rows) > in.Limit {
		rows = rows[:in.Limit]
		last := rows[in.Limit-1]
		out.Next = tx.Page("notices", last.CreatedAt, string(last.ID))
	}
	for _, n := range rows {
		out.Items = append(out.Items, Notice{n.ID, n.Kind, n.ThingKind, n.Thing, n.Params.V, n.CreatedAt, n.ReadAt})
	}
	out.Unread, err = tx.UnreadNotices()
	return out, err
}
