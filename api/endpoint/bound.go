package endpoint

import (
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// What an input leaves open ends here, so that nothing is stored or computed without an end.
const (
	longestText = 2000
	longestItem = 500
	mostItems   = 100
)

// Bound gives every text and every list that a caller may send an end, where its input names
// none: tags cannot say how long the texts of a list may be. Call it when all doors hang.
func Bound(api huma.API) {
	b := bounder{api.OpenAPI().Components.Schemas, map[*huma.Schema]bool{}}
	for _, path := range api.OpenAPI().Paths {
		for _, op := range []*huma.Operation{path.Get, path.Post, path.Put, path.Delete} {
			if op == nil {
				continue
			}
			for _, p := range op.Parameters {
				b.bound(p.Schema, longestText)
			}
			if op.RequestBody == nil {
				continue
			}
			for kind, c := range op.RequestBody.Content {
				if strings.HasSuffix(kind, "json") {
					b.bound(c.Schema, longestText)
				}
			}
		}
	}
}

type bounder struct {
	registry huma.Registry
	done     map[*huma.Schema]bool
}

func (b bounder) bound(s *huma.Schema, text int) {
	for s != nil && s.Ref != "" {
		s = b.registry.SchemaFromRef(s.Ref)
	}
	if s == nil || b.done[s] {
		return
	}
	b.done[s] = true
	switch s.Type {
	case huma.TypeString:
		if s.MaxLength == nil && s.Format == "" && len(s.Enum) == 0 {
			s.MaxLength = &text
			s.PrecomputeMessages()
		}
	case huma.TypeArray:
		if s.MaxItems == nil {
			most := mostItems
			s.MaxItems = &most
			s.PrecomputeMessages()
		}
		b.bound(s.Items, longestItem)
	case huma.TypeObject:
		for _, p := range s.Properties {
			b.bound(p, longestText)
		}
	}
}
