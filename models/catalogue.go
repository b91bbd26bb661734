package models

// Catalogue is one version of a vocabulary: chains, domain tags, capability tags or TRL.
// Vocabularies change yearly, so they are data with a version, never an enum.
type Catalogue struct {
	ID     CatalogueID `gorm:"column:id;primaryKey"`
	Kind   string      `gorm:"column:kind"` // chain, domain, capability, trl
	Code   string      `gorm:"column:code"`
	NameZh string      `gorm:"column:name_zh"`
	NameEn string      `gorm:"column:name_en"`
	From   string      `gorm:"column:valid_from"` // date
	Until  string      `gorm:"column:valid_to"`   // date, or ""
	Source string      `gorm:"column:source"`
	Life
}

// CatalogueKinds are the vocabularies there are.
var CatalogueKinds = []string{"chain", "domain", "capability", "trl"}

func (*Catalogue) kind() Kind              { return KindCatalogue }
func (c *Catalogue) key() string           { return string(c.ID) }
func (*Catalogue) roles(*Tx) (Role, error) { return 0, nil }

// NewCatalogue makes a version with a fresh id; it is not saved.
func NewCatalogue() *Catalogue { return &Catalogue{ID: newID[CatalogueID]("cat")} }

// CatalogueFor loads a version for an action.
func (tx *Tx) CatalogueFor(action Action, id CatalogueID) (*Catalogue, error) {
	return load[Catalogue](tx, action, "cat", string(id))
}

// CatalogueOf reads a version that something else named.
func (tx *Tx) CatalogueOf(id CatalogueID) (*Catalogue, error) {
	return find[Catalogue](tx, string(id))
}

// Term is one word of a catalogue (产业链, 标签).
type Term struct {
	ID        CatalogueItem  `gorm:"column:id;primaryKey"`
	Catalogue CatalogueID    `gorm:"column:catalogue_id"`
	Kind      string         `gorm:"column:kind"`
	Code      string         `gorm:"column:code"`
	NameZh    string         `gorm:"column:name_zh"`
	NameEn    string         `gorm:"column:name_en"`
	NoteZh    string         `gorm:"column:note_zh"`
	Parent    string         `gorm:"column:parent"`
	Group     string         `gorm:"column:group_zh"`
	Position  int            `gorm:"column:position"`
	Synonyms  JSON[[]string] `gorm:"column:synonyms"`
	MapsTo    JSON[[]string] `gorm:"column:maps_to"`     // codes of the version before
	IPC       JSON[[]string] `gorm:"column:ipc"`         // groups or subclasses of the patent classification
	Industry  JSON[[]string] `gorm:"column:gbt4754"`     // classes of GB/T 4754
	Merged    string         `gorm:"column:merged_into"` // code of the term that stands for this one now, or ""
}

// TableName is the word for one entry.
func (Term) TableName() string { return "terms" }

// AddTerms puts words into a catalogue.
func (tx *Tx) AddTerms(c *Catalogue, terms []Term) error {
	for i := range terms {
		terms[i].ID, terms[i].Catalogue, terms[i].Kind, terms[i].Position = newID[CatalogueItem]("trm"), c.ID, c.Kind, i
	}
	if len(terms) == 0 {
		return nil
	}
	return tx.db.CreateInBatches(terms, 100).Error
}

// Catalogues lists every version of every vocabulary, newest first within its kind.
func (tx *Tx) Catalogues() ([]Catalogue, error) {
	list := []Catalogue{}
	return list, tx.db.Order("kind, valid_from desc, code").Find(&list).Error
}

// TermsOf lists a version's words in order.
func (tx *Tx) TermsOf(id CatalogueID) ([]Term, error) {
	list := []Term{}
	return list, tx.db.Where("catalogue_id = ?", id).Order("position, id").Find(&list).Error
}

// Vocabulary lists the words of the given kind in every published version valid now, newest
// version first: what a challenge or team may be tagged with today.
func (tx *Tx) Vocabulary(kind string) ([]Term, error) {
	list := []Term{}
	day := tx.Now.Format("2006-01-02")
	return list, tx.db.Raw(`select t.* from terms t join catalogues c on c.id = t.catalogue_id
		where c.kind = ? and c.state = 'published' and c.valid_from <= ? and (c.valid_to = '' or c.valid_to > ?)
		order by c.valid_from desc, c.code, t.position`, kind, day, day).Scan(&list).Error
}

// Terms indexes words by code; of two versions the newer wins.
func Terms(list []Term) map[string]Term {
	found := make(map[string]Term, len(list))
	for _, t := range list {
		if _, have := found[t.Code]; !have {
			found[t.Code] = t
		}
	}
	return found
}
