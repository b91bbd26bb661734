package matches

import (
	"strings"
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

// MuteBody says what a person wants to hear no more of.
type MuteBody struct {
	By    string `json:"by" enum:"challenge,org,chain,domain,capability,team" doc:"One challenge, all of a unit, a chain, a domain tag or a group of them, a capability tag, or all suggestions of one's team"`
	Value string `json:"value" minLength:"1" maxLength:"60" doc:"The id or the code"`
}

// Mute is what its person does not want to hear of.
type Mute struct {
	ID        models.MuteID   `json:"id"`
	Version   int64           `json:"version"`
	State     string          `json:"state"`
	Topic     MatchTopic      `json:"topic"`
	CreatedAt time.Time       `json:"created_at"`
	Actions   []models.Action `json:"actions"`
}

// MutesInput asks for one's own.
type MutesInput struct{}

// MuteList is all a person has.
type MuteList struct {
	Items []Mute `json:"items"`
	Most  int    `json:"most" doc:"How many one may have"`
}

// Mutes lists the caller's own, newest first.
func Mutes(tx *models.Tx, _ *MutesInput) (*MuteList, error) {
	if _, err := tx.Me(models.MuteList); err != nil {
		return nil, err
	}
	rows, err := tx.MyMutes()
	if err != nil {
		return nil, err
	}
	topics := make([]models.Topic, len(rows))
	for i := range rows {
		topics[i] = rows[i].Topic
	}
	w, err := wording(tx, topics)
	if err != nil {
		return nil, err
	}
	out := &MuteList{Most: models.MutesPerPerson}
	for i := range rows {
		v, err := muteView(tx, &rows[i], w)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, *v)
	}
	return out, nil
}

// MuteAddInput is a new mute.
type MuteAddInput struct{ Body MuteBody }

// MuteTopic keeps a topic out of the caller's suggestions and notices. The public list shows
// it all the same.
func MuteTopic(tx *models.Tx, in *MuteAddInput) (*Mute, error) {
	me, err := tx.Me(models.MuteAdd)
	if err != nil {
		return nil, err
	}
	topic := models.Topic{By: in.Body.By, Value: strings.TrimSpace(in.Body.Value)}
	var f problem.Fields
	if err := known(tx, topic, &f); err != nil {
		return nil, err
	}
	if err := f.Problem("mute.invalid", "This cannot be muted."); err != nil {
		return nil, err
	}
	m := tx.NewMute(topic)
	if err := tx.Make(models.MuteAdd, me, m, models.Note{}); err != nil {
		return nil, err
	}
	return showMute(tx, m)
}

// MuteInput names a mute.
type MuteInput struct {
	ID models.MuteID `path:"id"`
}

// ShowMute shows one of the caller's own.
func ShowMute(tx *models.Tx, in *MuteInput) (*Mute, error) {
	m, err := tx.MuteFor(models.MuteShow, in.ID)
	if err != nil {
		return nil, err
	}
	return showMute(tx, m)
}

// Unmute ends a mute.
func Unmute(tx *models.Tx, in *MuteInput) (*Mute, error) {
	m, err := tx.MuteFor(models.MuteEnd, in.ID)
	if err != nil {
		return nil, err
	}
	if err := tx.Apply(models.MuteEnd, m, models.Note{}); err != nil {
		return nil, err
	}
	return showMute(tx, m)
}

func showMute(tx *models.Tx, m *models.Mute) (*Mute, error) {
	w, err := wording(tx, []models.Topic{m.Topic})
	if err != nil {
		return nil, err
	}
	return muteView(tx, m, w)
}

func muteView(tx *models.Tx, m *models.Mute, w words) (*Mute, error) {
	v := &Mute{ID: m.ID, Version: m.Version, State: m.State, Topic: w.topic(m.Topic), CreatedAt: m.CreatedAt}
	var err error
	v.Actions, err = tx.Allowed(m)
	return v, err
}
