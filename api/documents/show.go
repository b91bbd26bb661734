package documents

import (
	"jiebang/internal/problem"
	"jiebang/models"
)

// DocumentInput names a file.
type DocumentInput struct {
	ID models.DocumentID `path:"id"`
}

// Show is what is known of a file, to whoever may read it.
func Show(tx *models.Tx, in *DocumentInput) (*Document, error) {
	d, err := tx.DocumentFor(models.DocumentShow, in.ID)
	if err != nil {
		return nil, err
	}
	return view(tx, d)
}

// DocumentListInput names a thing.
type DocumentListInput struct {
	Kind models.Kind `query:"owner_kind" required:"true" enum:"challenge,bid,team,org,alliance,objection"`
	ID   string      `query:"owner_id" required:"true" maxLength:"40"`
}

// DocumentList is the files of a thing that the caller may read.
type DocumentList struct {
	Items []Document `json:"items"`
}

// List lists the files of a thing, oldest first. There are at most as many as a thing takes.
func List(tx *models.Tx, in *DocumentListInput) (*DocumentList, error) {
	show, ok := shows[in.Kind]
	if !ok {
		return nil, problem.Missing()
	}
	if _, err := tx.ThingFor(show, in.Kind, in.ID); err != nil {
		return nil, err
	}
	rows, err := tx.DocumentsOf(in.Kind, in.ID)
	if err != nil {
		return nil, err
	}
	out := &DocumentList{}
	for i := range rows {
		ok, err := tx.Sees(models.DocumentShow, &rows[i])
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		v, err := view(tx, &rows[i])
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, *v)
	}
	return out, nil
}

// shows is what lets one know of a thing that has files.
var shows = map[models.Kind]models.Action{models.KindChallenge: models.ChallengeShow, models.KindBid: models.BidShow,
	models.KindTeam: models.TeamShow, models.KindOrg: models.OrgShow, models.KindAlliance: models.AllianceShow,
	models.KindObjection: models.ObjectionShow}
