package needs

import (
	"time"

	"jiebang/api/question"
	"jiebang/models"
)

// NeedView is a need as those it concerns see it.
type NeedView struct {
	ID        models.NeedID      `json:"id"`
	Code      string             `json:"code"`
	Owner     models.OrgID       `json:"owner_id"`
	OwnerName string             `json:"owner_name"`
	Region    string             `json:"region"`
	City      string             `json:"city"`
	Content   NeedBody           `json:"content"`
	Quality   question.Quality   `json:"quality"`
	Reason    string             `json:"reason" doc:"Of the last decision"`
	Opinion   string             `json:"opinion" doc:"What the office concluded from the argument"`
	Into      models.NeedID      `json:"merged_into" doc:"The need that stands for this one"`
	IntoTitle string             `json:"merged_into_title" doc:"Its title where the caller may see it or it is public"`
	Challenge models.ChallengeID `json:"challenge_id" doc:"The challenge that carries it on"`
	Argument  NeedArgument       `json:"argument"`
	Comments  []NeedCommentView  `json:"comments"`
	State     string             `json:"state" enum:"draft,submitted,refining,in_argument,approved,returned,parked,merged,turned"`
	CreatedAt time.Time          `json:"created_at"`
	UpdatedAt time.Time          `json:"updated_at"`
	Version   int64              `json:"version"`
	Actions   []models.Action    `json:"actions"`
}

// NeedArgument is what the experts found. While they judge, each sees his own sheet only.
type NeedArgument struct {
	Named    int            `json:"named" doc:"Experts who are asked"`
	Least    int            `json:"least" doc:"Sheets needed before it can be approved"`
	In       int            `json:"in" doc:"Sheets handed in"`
	Averages map[string]int `json:"averages" doc:"By criterion and total, rounded; empty until it is over"`
	Sheets   []NeedSheet    `json:"sheets"`
}

// NeedSheet is one expert's sheet. His name is told to the office and himself.
type NeedSheet struct {
	ID      models.ExpertID `json:"expert_id" doc:"For the office and himself"`
	Expert  string          `json:"expert"`
	NamedAt time.Time       `json:"named_at"`
	Mine    bool            `json:"mine"`
	In      bool            `json:"in"`
	Gone    bool            `json:"released" doc:"He is not asked any more; for the office"`
	Why     string          `json:"release_reason"`
	Scores  map[string]int  `json:"scores"`
	Verdict string          `json:"verdict" doc:"approve, revise or reject; empty until it may be seen"`
	Opinion string          `json:"opinion"`
}

// NeedCommentView is one comment of the talk.
type NeedCommentView struct {
	ID         models.NeedCommentID `json:"id"`
	Field      string               `json:"field"`
	Text       string               `json:"text"`
	Office     bool                 `json:"office" doc:"The office said it, not the owner"`
	Name       string               `json:"name"`
	At         time.Time            `json:"at"`
	ResolvedAt *time.Time           `json:"resolved_at,omitempty"`
}

// Show is one need.
func Show(tx *models.Tx, in *NeedInput) (*NeedView, error) {
	n, err := tx.NeedFor(models.NeedShow, in.ID)
	if err != nil {
		return nil, err
	}
	return view(tx, n)
}

// Quality is the score of a need with what to mend.
func Quality(tx *models.Tx, in *NeedInput) (*question.Quality, error) {
	n, err := tx.NeedFor(models.NeedQuality, in.ID)
	if err != nil {
		return nil, err
	}
	return question.NeedQuality(n), nil
}

// Forecast counts the teams that could answer.
func Forecast(tx *models.Tx, in *NeedInput) (*question.Forecast, error) {
	n, err := tx.NeedFor(models.NeedForecast, in.ID)
	if err != nil {
		return nil, err
	}
	c, _ := n.AsChallenge()
	return question.ForecastOf(tx, c)
}

func view(tx *models.Tx, n *models.Need) (*NeedView, error) {
	actions, err := tx.Allowed(n)
	if err != nil {
		return nil, err
	}
	orgs, err := tx.OrgsByID([]models.OrgID{n.Owner})
	if err != nil {
		return nil, err
	}
	v := &NeedView{ID: n.ID, Code: n.Code, Owner: n.Owner, OwnerName: orgs[n.Owner].Name, Region: n.Region, City: n.City, Content: body(n),
		Quality: *question.NeedQuality(n), Reason: n.Reason, Opinion: n.Opinion, State: n.State, CreatedAt: n.CreatedAt, UpdatedAt: n.UpdatedAt,
		Version: n.Version, Actions: actions, Comments: []NeedCommentView{}}
	owner := tx.Actor.Posts(n.Owner)
	office := tx.Actor.System || tx.Actor.Operator || tx.Actor.Auditor || tx.Actor.OfficerIn(n.Region)
	if n.Challenge != nil && (owner || office) {
		v.Challenge = *n.Challenge
	}
	if n.Into != nil && (owner || office) {
		if err := v.into(tx, *n.Into); err != nil {
			return nil, err
		}
	}
	if err := v.argument(tx, n, office); err != nil {
		return nil, err
	}
	if !owner && !office { // an expert judges the need, not the talk about it
		v.Content.Contact = NeedContactBody{}
		return v, nil
	}
	return v, v.talk(tx, n)
}

// into tells the owner where his need went; the title of another's need only where it is public.
func (v *NeedView) into(tx *models.Tx, id models.NeedID) error {
	other, err := tx.Need(id)
	if err != nil {
		return err
	}
	seen, err := tx.Sees(models.NeedShow, other)
	v.Into = id
	if seen || other.Publish && (other.State == models.NeedApproved || other.State == models.NeedTurnedInto) {
		v.IntoTitle = other.Title
	}
	return err
}

func (v *NeedView) argument(tx *models.Tx, n *models.Need, office bool) error {
	list, err := tx.NeedExperts(n.ID)
	if err != nil {
		return err
	}
	ids := make([]models.ExpertID, len(list))
	for i, e := range list {
		ids[i] = e.Expert
	}
	names, err := tx.ExpertsByID(ids)
	over := n.State != models.NeedInArgument
	if err != nil {
		return err
	}
	least, err := tx.NeedSheets(n.Region)
	a := NeedArgument{Least: least, Averages: map[string]int{}, Sheets: []NeedSheet{}}
	sum, total := map[string]int{}, 0
	for _, e := range list {
		in := e.ScoredAt != nil
		gone := e.Released != nil
		if gone && !office {
			continue
		}
		if !gone {
			a.Named++
		}
		s := NeedSheet{NamedAt: e.NamedAt, Gone: gone, Why: e.Why, Mine: tx.Actor.Expert != "" && e.Expert == tx.Actor.Expert, In: in, Scores: map[string]int{}}
		if office || s.Mine {
			s.ID, s.Expert = e.Expert, names[e.Expert].Name
		}
		if in {
			a.In++
			for _, c := range criteria {
				sum[c] += e.Scores.V[c]
				total += e.Scores.V[c]
			}
		}
		if in && (over || s.Mine) {
			s.Scores, s.Verdict, s.Opinion = e.Scores.V, e.Verdict, e.Opinion
		}
		if office || over && in || s.Mine {
			a.Sheets = append(a.Sheets, s)
		}
	}
	if over && a.In > 0 {
		for _, c := range criteria {
			a.Averages[c] = (2*sum[c] + a.In) / (2 * a.In)
		}
		k := a.In * len(criteria)
		a.Averages["total"] = (2*total + k) / (2 * k)
	}
	v.Argument = a
	return err
}

func (v *NeedView) talk(tx *models.Tx, n *models.Need) error {
	list, err := tx.NeedComments(n.ID)
	if err != nil {
		return err
	}
	ids := make([]models.UserID, len(list))
	for i, w := range list {
		ids[i] = w.By
	}
	names, err := tx.Names(ids)
	for _, w := range list {
		v.Comments = append(v.Comments, NeedCommentView{ID: w.ID, Field: w.Field, Text: w.Body, Office: w.Office, Name: names[w.By], At: w.CreatedAt, ResolvedAt: w.ResolvedAt})
	}
	return err
}

// NeedListInput narrows a list of needs.
type NeedListInput struct {
	Q      string `query:"q" maxLength:"100" doc:"Part of the title, or a code"`
	Chain  string `query:"chain" maxLength:"60"`
	State  string `query:"state" enum:"draft,submitted,refining,in_argument,approved,returned,parked,merged,turned"`
	Sort   string `query:"sort" enum:"newest,quality" default:"newest"`
	Cursor string `query:"cursor" maxLength:"600"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

// NeedRow is a line of the desk.
type NeedRow struct {
	ID        models.NeedID   `json:"id"`
	Code      string          `json:"code"`
	Title     string          `json:"title"`
	OwnerName string          `json:"owner_name"`
	City      string          `json:"city"`
	Chain     string          `json:"chain"`
	Quality   int             `json:"quality"`
	State     string          `json:"state"`
	UpdatedAt time.Time       `json:"updated_at"`
	Actions   []models.Action `json:"actions"`
}

// NeedDeskView is a page of the desk.
type NeedDeskView struct {
	Items []NeedRow `json:"items"`
	Next  string    `json:"next"`
}

// Desk lists the needs the caller has to do with: as owner, office or named expert.
func Desk(tx *models.Tx, in *NeedListInput) (*NeedDeskView, error) {
	if err := tx.May(models.NeedDesk); err != nil {
		return nil, err
	}
	rows, next, err := in.page(tx, false)
	if err != nil {
		return nil, err
	}
	ids := make([]models.OrgID, len(rows))
	for i, n := range rows {
		ids[i] = n.Owner
	}
	orgs, err := tx.OrgsByID(ids)
	if err != nil {
		return nil, err
	}
	out := &NeedDeskView{Items: []NeedRow{}, Next: next}
	for i := range rows {
		n := &rows[i]
		actions, err := tx.Allowed(n)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, NeedRow{ID: n.ID, Code: n.Code, Title: n.Title, OwnerName: orgs[n.Owner].Name, City: n.City, Chain: n.Chain,
			Quality: n.Quality, State: n.State, UpdatedAt: n.UpdatedAt, Actions: actions})
	}
	return out, nil
}

// NeedPublic is what everybody may know of a need: what its owner let be shown.
type NeedPublic struct {
	Code    string `json:"code"`
	Title   string `json:"title"`
	Summary string `json:"summary"`
	Chain   string `json:"chain"`
	City    string `json:"city"`
	Quality int    `json:"quality"`
	Opinion string `json:"opinion" doc:"What the office concluded from the argument"`
	Sheets  int    `json:"sheets" doc:"How many experts argued it"`
	Average int    `json:"average" doc:"Of all their points, rounded"`
	State   string `json:"state" enum:"approved,turned"`
}

// NeedPublicList is a page of the public pool.
type NeedPublicList struct {
	Items []NeedPublic `json:"items"`
	Next  string       `json:"next"`
}

// Search is the public part of the pool.
func Search(tx *models.Tx, in *NeedListInput) (*NeedPublicList, error) {
	if err := tx.May(models.NeedSearch); err != nil {
		return nil, err
	}
	rows, next, err := in.page(tx, true)
	if err != nil {
		return nil, err
	}
	ids := make([]models.NeedID, len(rows))
	for i, n := range rows {
		ids[i] = n.ID
	}
	argued, err := tx.NeedPoints(ids)
	if err != nil {
		return nil, err
	}
	out := &NeedPublicList{Items: []NeedPublic{}, Next: next}
	for _, n := range rows {
		sheets, average := len(argued[n.ID]), 0
		for _, points := range argued[n.ID] {
			average += points
		}
		if k := sheets * len(criteria); k > 0 {
			average = (2*average + k) / (2 * k)
		}
		out.Items = append(out.Items, NeedPublic{Opinion: n.Opinion, Sheets: sheets, Average: average, Code: n.Code, Title: n.Title, Summary: n.Content.V.Summary, Chain: n.Chain, City: n.City, Quality: n.Quality, State: n.State})
	}
	return out, nil
}

func (in *NeedListInput) page(tx *models.Tx, public bool) ([]models.Need, string, error) {
	list := "needs/" + in.Sort
	if public {
		list = "needs/public/" + in.Sort
	}
	after, err := tx.Cursor(list, in.Cursor)
	if err != nil {
		return nil, "", err
	}
	f := models.NeedFilter{Q: in.Q, State: in.State, Chain: in.Chain, Public: public, ByQuality: in.Sort == "quality"}
	rows, err := tx.Needs(f, after, in.Limit+1)
	if err != nil || len(rows) <= in.Limit {
		return rows, "", err
	}
	rows = rows[:in.Limit]
	last := rows[in.Limit-1]
	if f.ByQuality {
		return rows, tx.Page(list, last.Quality, string(last.ID)), nil
	}
	return rows, tx.Page(list, last.CreatedAt, string(last.ID)), nil
}
