package consensus_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jiebang/matching/agreement"
	"jiebang/matching/consensus"
	"jiebang/matching/decision"
	"jiebang/matching/measure"
	"jiebang/matching/taxonomy"
)

// evaluation is a folder of the outside data that JIEBANG_EVAL_DATA names, or lies beside.
func evaluation(t testing.TB, folder string) string {
	t.Helper()
	root := os.Getenv("JIEBANG_EVAL_DATA")
	if root == "" {
		t.Skip("JIEBANG_EVAL_DATA is not set: it names the folder of outside data that may not be kept here")
	}
	for _, at := range []string{filepath.Join(root, folder), filepath.Join(filepath.Dir(filepath.Clean(root)), folder)} {
		if _, err := os.Stat(at); err == nil {
			return at
		}
	}
	t.Skipf("JIEBANG_EVAL_DATA=%s has no folder %s", root, folder)
	return ""
}

// vector is a known answer of a method: every number of Expected must be met.
type vector struct {
	ID        string                     `json:"id"`
	Method    string                     `json:"method"`
	Input     map[string]json.RawMessage `json:"input"`
	Expected  any                        `json:"expected"`
	Tolerance float64                    `json:"tolerance"`
}

func (v vector) read(t *testing.T, into any, names ...string) bool {
	t.Helper()
	for _, n := range names {
		if raw, ok := v.Input[n]; ok {
			if err := json.Unmarshal(raw, into); err != nil {
				t.Fatalf("%s: input.%s: %v", v.ID, n, err)
			}
			return true
		}
	}
	return false
}

// TestVectors holds every method to outside answers, to their stated digits.
func TestVectors(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join(evaluation(t, "scoring"), "vectors.json"))
	if err != nil {
		t.Fatal(err)
	}
	var set struct{ Vectors []vector }
	if err := json.Unmarshal(raw, &set); err != nil {
		t.Fatal(err)
	}
	met := 0
	for _, v := range set.Vectors {
		method, ok := methods[v.Method]
		if !ok {
			t.Errorf("%s: no method %q", v.ID, v.Method)
			continue
		}
		got, want := map[string]float64{}, map[string]float64{}
		flatten("", plainly(t, method(t, v)), got)
		flatten("", v.Expected, want)
		right := true
		for path, w := range want {
			if g, ok := got[path]; !ok || !(math.Abs(g-w) <= v.Tolerance) {
				t.Errorf("%s: %s is %v (there: %v), want %v within %v", v.ID, path, g, ok, w, v.Tolerance)
				right = false
			}
		}
		if right {
			met++
		}
	}
	t.Logf("%d of %d vectors met", met, len(set.Vectors))
}

// plainly turns an answer into what reading JSON gives.
func plainly(t *testing.T, v any) any {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	_ = json.Unmarshal(raw, &out)
	return out
}

// flatten lists every number by its path; what is true is 1.
func flatten(path string, v any, into map[string]float64) {
	switch v := v.(type) {
	case float64:
		into[path] = v
	case bool:
		into[path] = 0
		if v {
			into[path] = 1
		}
	case []any:
		for i, x := range v {
			flatten(fmt.Sprintf("%s[%d]", path, i), x, into)
		}
	case map[string]any:
		for k, x := range v {
			flatten(path+"."+k, x, into)
		}
	}
}

type answer = map[string]any

var methods = map[string]func(*testing.T, vector) any{
	"krippendorff_alpha": func(t *testing.T, v vector) any {
		var cells [][]*float64
		v.read(t, &cells, "coders_by_units")
		table := make([][]float64, len(cells))
		for i, row := range cells {
			for _, c := range row {
				x := agreement.Missing
				if c != nil {
					x = *c
				}
				table[i] = append(table[i], x)
			}
		}
		out := answer{}
		for name, level := range map[string]agreement.Level{"nominal": agreement.Nominal, "ordinal": agreement.Ordinal, "interval": agreement.Interval, "ratio": agreement.Ratio} {
			if a, ok := agreement.Alpha(table, level); ok {
				out[name] = a
			}
		}
		return out
	},
	"kendall_w": func(t *testing.T, v vector) any {
		var table [][]float64
		v.read(t, &table, "judges_by_items", "judges_by_items_scores")
		c, _ := agreement.KendallW(table)
		rho, _ := agreement.MeanSpearman(table)
		return answer{"W": c.W, "chi2": c.ChiSq, "S": c.S, "T": c.Ties, "rank_sums": c.RankSums, "mean_spearman": rho}
	},
	"icc": func(t *testing.T, v vector) any {
		var table [][]float64
		v.read(t, &table, "targets_by_judges")
		c, _ := agreement.ICC(table)
		return answer{"ICC(1,1)": c.ICC11, "ICC(2,1)": c.ICC21, "ICC(3,1)": c.ICC31, "ICC(1,k)": c.ICC1k, "ICC(2,k)": c.ICC2k, "ICC(3,k)": c.ICC3k,
			"BMS": c.BMS, "WMS": c.WMS, "JMS": c.JMS, "EMS": c.EMS}
	},
	"fleiss_kappa": func(t *testing.T, v vector) any {
		var counts [][]int
		v.read(t, &counts, "counts")
		k, _ := agreement.FleissKappa(counts)
		return answer{"kappa": k.Kappa, "P_bar": k.Observed, "Pe": k.Chance}
	},
	"cohen_kappa": func(t *testing.T, v vector) any {
		var table [][]int
		v.read(t, &table, "table", "matrix", "confusion")
		out := answer{}
		for name, w := range map[string]agreement.Weighting{"": agreement.Plain, "_linear": agreement.Linear, "_quadratic": agreement.Quadratic} {
			k, _ := agreement.CohenKappa(table, w)
			out["kappa"+name] = k.Kappa
		}
		return out
	},
	"topsis": func(t *testing.T, v vector) any {
		table := v.table(t)
		before, err := decision.TOPSIS(table)
		if err != nil {
			t.Fatal(err)
		}
		out := answer{"closeness": before, "closeness_before": before}
		var added []float64
		if v.read(t, &added, "added_alternative") {
			table.Rows = append(slices.Clone(table.Rows), added)
			out["closeness_after"], _ = decision.TOPSIS(table)
		}
		return out
	},
	"vikor": func(t *testing.T, v vector) any {
		weigh := 0.5
		v.read(t, &weigh, "v")
		c, err := decision.VIKOR(v.table(t), weigh)
		if err != nil {
			t.Fatal(err)
		}
		var s, r, q []float64
		for _, x := range c {
			s, r, q = append(s, x.S), append(r, x.R), append(q, x.Q)
		}
		return answer{"S": s, "R": r, "Q": q}
	},
	"promethee_ii": func(t *testing.T, v vector) any {
		flows, err := decision.PROMETHEE(v.table(t), nil)
		if err != nil {
			t.Fatal(err)
		}
		var net, plus, minus []float64
		for _, f := range flows {
			net, plus, minus = append(net, f.Net), append(plus, f.Plus), append(minus, f.Minus)
		}
		return answer{"phi": net, "phi_plus": plus, "phi_minus": minus}
	},
	"weighted_sum": func(t *testing.T, v vector) any {
		s, err := decision.WeightedSum(v.table(t))
		if err != nil {
			t.Fatal(err)
		}
		return answer{"scores": s}
	},
	"ahp_random_index": func(*testing.T, vector) any {
		out := answer{}
		for n := range 11 {
			if r, ok := decision.RandomIndex(n); ok {
				out[fmt.Sprint(n)] = r
			}
		}
		return out
	},
	"ahp": hierarchy,
	"entropy_weights": func(t *testing.T, v vector) any {
		w, e, err := decision.Entropy(v.table(t))
		if err != nil {
			t.Fatal(err)
		}
		return answer{"weights": w, "entropy": e}
	},
	"critic_weights": func(t *testing.T, v vector) any {
		w, err := decision.CRITIC(v.table(t))
		if err != nil {
			t.Fatal(err)
		}
		return answer{"weights": w}
	},
	"trimmed_mean": func(t *testing.T, v vector) any {
		var scores []float64
		v.read(t, &scores, "scores")
		m, applied := consensus.Trimmed(scores)
		return answer{"mean": m, "rule_applied": applied}
	},
	"reviewer_zscore": func(t *testing.T, v vector) any {
		var scores []float64
		v.read(t, &scores, "reviewer_scores", "scores")
		return answer{"z": consensus.Standardised(scores)}
	},
	"one_way_random_effects_blup": func(t *testing.T, v vector) any {
		var groups map[string][]float64
		v.read(t, &groups, "groups")
		var names []string
		for n := range groups {
			names = append(names, n)
		}
		slices.Sort(names)
		var list [][]float64
		for _, n := range names {
			list = append(list, groups[n])
		}
		c, _ := consensus.OneWay(list)
		effects := answer{}
		for i, n := range names {
			effects[n] = c.Effects[i]
		}
		n := float64(len(list[0]))
		return answer{"intercept": c.Intercept, "var_group": c.Between, "var_resid": c.Within, "blup": effects,
			"shrinkage": n * c.Between / (n*c.Between + c.Within)}
	},
	"additive_reviewer_effects_ols": func(t *testing.T, v vector) any {
		var rows [][]any
		v.read(t, &rows, "rows")
		p := consensus.Panel{Criteria: plain}
		for _, r := range rows {
			p.Sheets = append(p.Sheets, consensus.Sheet{Bid: r[0].(string), Expert: r[1].(string), Scores: []float64{r[2].(float64)}})
		}
		r := must(t, p)
		if len(r.Groups) > 1 && len(r.Withheld) == 0 {
			t.Error("a disconnected panel is put in a strict order")
		}
		return answer{"components": len(r.Groups)}
	},
	"pairwise_win_probability": func(t *testing.T, v vector) any {
		var mean, sd []float64
		v.read(t, &mean, "mean")
		v.read(t, &sd, "sd")
		return answer{"p_1_beats_2": consensus.Beats(mean[0], sd[0], mean[1], sd[1])}
	},
	"posterior_rank_distribution": func(t *testing.T, v vector) any {
		var mean, sd []float64
		v.read(t, &mean, "mean")
		v.read(t, &sd, "sd")
		expected := make([]float64, len(mean))
		for i := range mean {
			expected[i] = 1
			for j := range mean {
				if j != i {
					expected[i] += consensus.Beats(mean[j], sd[j], mean[i], sd[i])
				}
			}
		}
		return answer{"p_rank": consensus.Ranks(mean, sd), "expected_rank": expected}
	},
	"kendall_tau_b": func(t *testing.T, v vector) any {
		var x, y []float64
		v.read(t, &x, "x")
		v.read(t, &y, "y")
		return answer{"tau_b": measure.Kendall(x, y)}
	},
	"spearman": func(t *testing.T, v vector) any {
		var x, y []float64
		v.read(t, &x, "x")
		v.read(t, &y, "y")
		return answer{"rho": measure.Spearman(x, y)}
	},
	"tree_tag_similarity": func(t *testing.T, v vector) any {
		var count map[string]float64
		v.read(t, &count, "tree")
		parent := map[string]string{}
		for tag := range count { // a1 hangs under A, A under root, as the source draws it
			if up := strings.ToUpper(tag[:1]); len(tag) == 2 {
				parent[tag] = up
			} else if tag != "root" {
				parent[tag] = "root"
			}
		}
		tree, err := taxonomy.New(parent, count)
		if err != nil {
			t.Fatal(err)
		}
		content := answer{}
		out := answer{"IC": content}
		for x := range count {
			content[x] = tree.Information(x)
			for y := range count {
				out[fmt.Sprintf("lin(%s,%s)", x, y)] = tree.Lin(x, y)
				out[fmt.Sprintf("wup(%s,%s)", x, y)] = tree.WuPalmer(x, y)
			}
		}
		return out
	},
	"weighted_jaccard": func(t *testing.T, v vector) any {
		var x, y map[string]float64
		v.read(t, &x, "x")
		v.read(t, &y, "y")
		return answer{"value": taxonomy.Jaccard(x, y)}
	},
}

func (v vector) table(t *testing.T) decision.Table {
	t.Helper()
	var out decision.Table
	var benefit []bool
	v.read(t, &out.Rows, "matrix")
	v.read(t, &out.Weights, "weights")
	if v.read(t, &benefit, "benefit") {
		for _, b := range benefit {
			out.Cost = append(out.Cost, !b)
		}
	}
	return out
}

// hierarchy reads matrices by name: that of the criteria lists in its name what they are, and the others bear these
// names; or only weights, of which it makes the consistent matrix.
func hierarchy(t *testing.T, v vector) any {
	judge := func(m [][]float64) (decision.Hierarchy, answer) {
		h, err := decision.AHP(m)
		if err != nil {
			t.Fatalf("%s: %v", v.ID, err)
		}
		return h, answer{"weights": h.Weights, "geometric_mean_weights": h.Geometric, "lambda_max": h.LambdaMax, "CI": h.CI, "CR": h.CR}
	}
	var weights []float64
	if v.read(t, &weights, "weights") {
		m := make([][]float64, len(weights))
		for i := range m {
			for j := range weights {
				m[i] = append(m[i], weights[i]/weights[j])
			}
		}
		_, out := judge(m)
		return out
	}
	out := answer{}
	levels := map[string]decision.Hierarchy{}
	var criteria []string
	names, global := map[string]string{}, ""
	for name := range v.Input {
		var m [][]float64
		v.read(t, &m, name)
		h, a := judge(m)
		out[name] = a
		short, list, _ := strings.Cut(strings.TrimSuffix(name, ")"), "(")
		levels[short], names[short] = h, name
		if short == "criteria" {
			criteria = strings.Split(list, ",")
		} else if list != "" {
			global = "global(" + list + ")"
		}
	}
	if len(criteria) > 0 {
		sum := make([]float64, len(levels[criteria[0]].Weights))
		for i, c := range criteria {
			for k, w := range levels[c].Weights {
				sum[k] += levels["criteria"].Weights[i] * w
			}
		}
		out[global] = sum
	}
	return out
}
