package index_test

import (
	"fmt"

	"jiebang/matching/index"
)

func Example() {
	const batteries, recycling, lithium index.Term = 1, 2, 3
	x := index.New()
	for key, terms := range map[string][]index.Weight{
		"team_a": {{Term: batteries, Value: 0.5}, {Term: lithium, Value: 0.25}},
		"team_b": {{Term: batteries, Value: 0.5}, {Term: recycling, Value: 0.5}},
		"team_c": {{Term: lithium, Value: 1}},
	} {
		if err := x.Put(key, terms); err != nil {
			fmt.Println(err)
		}
	}
	query := []index.Weight{{Term: batteries, Value: 1}, {Term: recycling, Value: 0.5}}
	hits, err := x.Top(query, 10, nil)
	if err != nil {
		fmt.Println(err)
	}
	for _, h := range hits {
		products, _ := x.Explain(query, h.Key)
		fmt.Println(h.Key, h.Score, products)
	}
	// Output:
	// team_b 0.75 [{1 1 0.5 0.5} {2 0.5 0.5 0.25}]
	// team_a 0.5 [{1 1 0.5 0.5}]
}
