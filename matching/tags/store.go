package tags

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
)

// formulas is raised whenever the same input would give another model.
const formulas = 1

func digest(t *tree, texts []labelled, o Options) string {
	h := sha256.New()
	fmt.Fprintf(h, "tags %d seed %d\n", formulas, o.Seed)
	for _, g := range t.tags {
		put(h, g.Code, g.Parent, g.Name, g.NameEn)
		put(h, g.Synonyms...)
	}
	for _, e := range texts {
		put(h, e.text)
		for _, x := range e.tags {
			put(h, t.tags[x].Code)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// put writes each part with its length, so that no two lists read alike.
func put(h hash.Hash, parts ...string) {
	fmt.Fprintf(h, "%d\n", len(parts))
	for _, p := range parts {
		fmt.Fprintf(h, "%d %s\n", len(p), p)
	}
}
