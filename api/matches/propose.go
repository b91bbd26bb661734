package matches

import (
	"context"
	"fmt"
	"math/bits"
	"strings"
	"sync"

	"jiebang/internal/problem"
	"jiebang/matching/tags"
	"jiebang/models"
)

// TagsInput is a text that wants tags.
type TagsInput struct {
	Body struct {
		Text  string `json:"text" minLength:"1" maxLength:"20000" doc:"Of a challenge's need, a piece of evidence, a team's summary"`
		Limit int    `json:"limit" required:"false" minimum:"1" maximum:"20" doc:"How many of each kind; 6 where nothing is said"`
	}
}

// TagOffer is the tags a text seems to be about, for a person to take or leave. Nothing is
// written.
type TagOffer struct {
	Domains      []OfferedTag `json:"domains" doc:"Leaves only: what a challenge may be tagged with"`
	Capabilities []OfferedTag `json:"capabilities"`
	Model        string       `json:"model" doc:"Version of the tag model: the same text and version give the same offer"`
}

// OfferedTag is one of them.
type OfferedTag struct {
	Code       string   `json:"code"`
	Name       string   `json:"name"`
	NameEn     string   `json:"name_en"`
	Confidence float64  `json:"confidence" minimum:"0" maximum:"1"`
	Because    []string `json:"because" doc:"The words of the text that made it so; empty where the text as a whole did"`
}

// taught bounds how much evidence the model of the forms learns from.
const taught = 20_000

// Propose offers tags for a text. It reads first and computes afterwards, so that a long
// text, or a model that must be learned first, keeps no connection of the database.
func (g *tagger) Propose(ctx context.Context, s *models.Store, who models.Who, in *TagsInput) (*TagOffer, error) {
	var l *lesson
	err := s.Read(ctx, who, func(tx *models.Tx) (err error) {
		if err = tx.May(models.MatchTags); err != nil {
			return err
		}
		if strings.TrimSpace(in.Body.Text) == "" {
			var f problem.Fields
			f.Add("text", "field.missing", "must hold some words")
			return f.Problem("request.invalid", "Some fields need to be mended.")
		}
		if l, err = vocabularies(tx); err != nil || g.knows(l) {
			return err
		}
		l.evidence, err = tx.EvidenceTexts(taught)
		return err
	})
	if err != nil {
		return nil, err
	}
	m, err := g.learned(l)
	if err != nil {
		return nil, err
	}
	most := in.Body.Limit
	if most == 0 {
		most = 6
	}
	out := &TagOffer{Model: m.Version()}
	for _, p := range m.Propose(in.Body.Text) {
		if t, ok := l.domains[p.Code]; ok && !l.parents[p.Code] && len(out.Domains) < most {
			out.Domains = append(out.Domains, offered(t, p))
		}
		if t, ok := l.capabilities[p.Code]; ok && len(out.Capabilities) < most {
			out.Capabilities = append(out.Capabilities, offered(t, p))
		}
	}
	return out, nil
}

func offered(t models.Term, p tags.Hint) OfferedTag {
	return OfferedTag{Code: t.Code, Name: t.NameZh, NameEn: t.NameEn, Confidence: p.Confidence, Because: p.Because}
}

// lesson is what the model is learned from. Its key says when that must be done anew: with
// another vocabulary, and whenever the evidence has doubled.
type lesson struct {
	key                   string
	domains, capabilities map[string]models.Term
	parents               map[string]bool
	evidence              []models.Evidence
}

func vocabularies(tx *models.Tx) (*lesson, error) {
	l := &lesson{parents: map[string]bool{}}
	domains, err := tx.Vocabulary("domain")
	if err != nil {
		return nil, err
	}
	capabilities, err := tx.Vocabulary("capability")
	if err != nil {
		return nil, err
	}
	l.domains, l.capabilities = models.Terms(domains), models.Terms(capabilities)
	for code, t := range l.domains {
		delete(l.capabilities, code) // a code that both know is a domain's: the tree has each once
		l.parents[t.Parent] = true
	}
	catalogues := map[models.CatalogueID]bool{}
	for _, t := range append(domains, capabilities...) {
		if !catalogues[t.Catalogue] {
			catalogues[t.Catalogue] = true
			l.key += string(t.Catalogue) + " "
		}
	}
	n, err := tx.EvidenceCount()
	l.key += fmt.Sprint(bits.Len64(uint64(n)))
	return l, err
}

// tagger keeps the tag model of this process, so that it is not learned for each text.
type tagger struct {
	mu    sync.Mutex
	key   string
	model *tags.Model
}

// knows reports whether the model is learned from the lesson.
func (g *tagger) knows(l *lesson) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.model != nil && g.key == l.key
}

// learned is the model for the lesson. Whoever comes while it is learned waits for it.
func (g *tagger) learned(l *lesson) (*tags.Model, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.model != nil && (g.key == l.key || l.evidence == nil) { // the same, or a newer one that was learned meanwhile
		return g.model, nil
	}
	m, err := tags.Train(l.tree(), l.texts(), tags.Options{})
	if err != nil {
		return nil, fmt.Errorf("learn tags: %w", err)
	}
	g.key, g.model = l.key, m
	return m, nil
}

func (l *lesson) tree() []tags.Tag {
	tree := []tags.Tag{}
	for _, words := range []map[string]models.Term{l.domains, l.capabilities} {
		for code, t := range words {
			parent := t.Parent
			if _, ok := words[parent]; !ok {
				parent = ""
			}
			tree = append(tree, tags.Tag{Code: code, Parent: parent, Name: t.NameZh, NameEn: t.NameEn, Synonyms: t.Synonyms.V})
		}
	}
	return tree
}

func (l *lesson) texts() []tags.Labelled {
	texts := make([]tags.Labelled, len(l.evidence))
	for i, e := range l.evidence {
		texts[i].Text = e.Title + "。" + e.Abstract
		for _, code := range e.Tags.V {
			_, domain := l.domains[code]
			_, capability := l.capabilities[code]
			if domain || capability {
				texts[i].Tags = append(texts[i].Tags, code)
			}
		}
	}
	return texts
}
