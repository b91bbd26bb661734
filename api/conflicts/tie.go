package conflicts

import (
	"fmt"
	"strings"
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

// Tie is a fact between people, units or teams.
type Tie struct {
	ID           models.TieID      `json:"id"`
	Kind         string            `json:"kind" enum:"employment,project,patent,paper,co_bid,collaboration,supervision,kinship,shareholding,advice"`
	What         string            `json:"what" doc:"Title of the paper, number of the patent, name of the project"`
	Since        string            `json:"since" doc:"First day, or empty"`
	Until        string            `json:"until" doc:"Last day; empty while it goes on"`
	Basis        string            `json:"basis" doc:"Where it is known from"`
	Parties      []models.TieParty `json:"parties"`
	StrikeReason string            `json:"strike_reason"`
	State        string            `json:"state" enum:"on_record,struck"`
	CreatedAt    time.Time         `json:"created_at"`
	Version      int64             `json:"version"`
	Actions      []models.Action   `json:"actions"`
}

// TieList is a page of ties.
type TieList struct {
	Ties []Tie  `json:"ties"`
	Next string `json:"next" doc:"Cursor of the next page, or empty"`
}

// TieBody is what is put on record.
type TieBody struct {
	Kind    string            `json:"kind" enum:"employment,project,patent,paper,co_bid,collaboration,supervision,kinship,shareholding,advice"`
	What    string            `json:"what" required:"false" maxLength:"200" doc:"Title of the paper, number of the patent, name of the project"`
	Since   string            `json:"since" required:"false" maxLength:"10" doc:"First day, YYYY-MM-DD"`
	Until   string            `json:"until" required:"false" maxLength:"10" doc:"Last day, YYYY-MM-DD; of a paper or patent its day. Empty: it goes on"`
	Basis   string            `json:"basis" minLength:"2" maxLength:"300" doc:"Where it is known from"`
	Parties []models.TieParty `json:"parties" minItems:"2" maxItems:"20" doc:"All whom it ties: registered ones by id, others by name and unit"`
}

// RecordTieInput is a new tie.
type RecordTieInput struct{ Body TieBody }

// Record puts a tie on record. Officers record what they learn; everybody else what concerns
// himself, so that nobody is tied to another by a stranger's word.
func Record(tx *models.Tx, in *RecordTieInput) (*Tie, error) {
	if err := tx.May(models.TieRecord); err != nil {
		return nil, err
	}
	b := in.Body
	var f problem.Fields
	since, until := day(&f, "since", b.Since), day(&f, "until", b.Until)
	f.Require(since.IsZero() || until.IsZero() || !until.Before(since), "until", "tie.period", "must not lie before the first day")
	f.Require(len([]rune(strings.TrimSpace(b.Basis))) >= 2, "basis", "field.missing", "must not be blank; say where it is known from")
	mine := len(tx.Actor.Regions) > 0 || tx.Actor.Operator
	for i, p := range b.Parties {
		path := fmt.Sprintf("parties[%d]", i)
		coded := 0
		for _, id := range []string{string(p.User), string(p.Org), string(p.Team)} {
			if id != "" {
				coded++
			}
		}
		f.Require(coded <= 1, path, "tie.one_party", "names several at once; put each in a row of its own")
		f.Require(coded > 0 || strings.TrimSpace(p.Name+p.Unit) != "", path, "tie.no_party", "names nobody; give the id of a person, unit or team, or a name or unit as written")
		unknown, err := tx.KnownParty(p)
		if err != nil {
			return nil, err
		}
		f.Require(unknown == "", path+"."+unknown, "tie.unknown_party", "is not registered here; give the name as written instead")
		_, on := tx.Actor.Teams[p.Team]
		mine = mine || p.User != "" && p.User == tx.Actor.User || on || tx.Actor.Administers(p.Org)
	}
	f.Require(mine, "parties", "tie.not_yours", "must name yourself, a team of yours or a unit you administer; officers record the ties of others")
	if err := f.Problem("tie.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	t := tx.NewTie()
	t.Type, t.What, t.Since, t.Until, t.Basis = b.Kind, strings.TrimSpace(b.What), b.Since, b.Until, strings.TrimSpace(b.Basis)
	if err := tx.Make(models.TieRecord, tx.Site(), t, models.Note{Data: map[string]any{"kind": t.Type, "parties": len(b.Parties)}}); err != nil {
		return nil, err
	}
	if err := tx.SetTieParties(t.ID, b.Parties); err != nil {
		return nil, err
	}
	return tieView(tx, t)
}

func day(f *problem.Fields, path, date string) time.Time {
	if date == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.DateOnly, date)
	f.Require(err == nil, path, "field.date", "must be a day as YYYY-MM-DD")
	return t
}

func tieView(tx *models.Tx, t *models.Tie) (*Tie, error) {
	list, err := ties(tx, []models.Tie{*t})
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

func ties(tx *models.Tx, rows []models.Tie) ([]Tie, error) {
	ids := make([]models.TieID, len(rows))
	for i, t := range rows {
		ids[i] = t.ID
	}
	parties, err := tx.TieParties(ids)
	if err != nil {
		return nil, err
	}
	list := []Tie{}
	for i := range rows {
		t := &rows[i]
		actions, err := tx.Allowed(t)
		if err != nil {
			return nil, err
		}
		list = append(list, Tie{ID: t.ID, Kind: t.Type, What: t.What, Since: t.Since, Until: t.Until, Basis: t.Basis, Parties: parties[t.ID],
			StrikeReason: t.StrikeReason, State: t.State, CreatedAt: t.CreatedAt, Version: t.Version, Actions: actions})
	}
	return list, nil
}

// TieListInput says from where on.
type TieListInput struct {
	Cursor string `query:"cursor" maxLength:"600"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

// Ties is the record, for the offices.
func Ties(tx *models.Tx, in *TieListInput) (*TieList, error) {
	if err := tx.May(models.TieList); err != nil {
		return nil, err
	}
	return tiePage(tx, in, "ties", false)
}

// MyTies is what the caller has put on record.
func MyTies(tx *models.Tx, in *TieListInput) (*TieList, error) {
	if err := tx.May(models.TieMine); err != nil {
		return nil, err
	}
	return tiePage(tx, in, "ties/mine", true)
}

func tiePage(tx *models.Tx, in *TieListInput, list string, mine bool) (*TieList, error) {
	after, err := tx.Cursor(list, in.Cursor)
	if err != nil {
		return nil, err
	}
	rows, err := tx.TiePage(mine, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &TieList{}
	if len(rows) > in.Limit {
		rows = rows[:in.Limit]
		last := rows[in.Limit-1]
		out.Next = tx.Page(list, last.CreatedAt, string(last.ID))
	}
	out.Ties, err = ties(tx, rows)
	return out, err
}

// TieInput names a tie.
type TieInput struct {
	ID models.TieID `path:"id"`
}

// ShowTie is one tie.
func ShowTie(tx *models.Tx, in *TieInput) (*Tie, error) {
	t, err := tx.TieFor(models.TieShow, in.ID)
	if err != nil {
		return nil, err
	}
	return tieView(tx, t)
}

// StrikeTieInput says what is wrong with a tie.
type StrikeTieInput struct {
	ID   models.TieID `path:"id"`
	Body struct {
		Reason string `json:"reason" minLength:"4" maxLength:"500"`
	}
}

// Strike takes a tie out of the count; it stays on record with the reason. Nobody strikes a tie
// that names himself.
func Strike(tx *models.Tx, in *StrikeTieInput) (*Tie, error) {
	t, err := tx.TieFor(models.TieStrike, in.ID)
	if err != nil {
		return nil, err
	}
	parties, err := tx.TieParties([]models.TieID{t.ID})
	if err != nil {
		return nil, err
	}
	for _, p := range parties[t.ID] {
		if p.User != "" && p.User == tx.Actor.User {
			return nil, problem.New(problem.Denied, "tie.own", "This tie names you; another officer has to strike it.")
		}
	}
	t.StrikeReason = strings.TrimSpace(in.Body.Reason)
	if err := tx.Apply(models.TieStrike, t, models.Note{Reason: t.StrikeReason}); err != nil {
		return nil, err
	}
	return tieView(tx, t)
}
