package agreement

// Correlations are the intraclass correlations of Shrout and Fleiss,
// Psychological Bulletin 86 (1979), with the mean squares they come from. The
// first index says who judged: 1 other judges for every target, 2 the same
// judges, taken as a sample of all, 3 the same judges, and only they matter.
// The second says of what it is the reliability: of one judge, or of the mean
// of all k.
type Correlations struct {
	ICC11, ICC21, ICC31 float64
	ICC1k, ICC2k, ICC3k float64
	BMS, WMS, JMS, EMS  float64 // between targets, within targets, between judges, error
}

// ICC takes a full table of targets by judges. Unknown — false — with fewer
// than two targets or judges, or where all values are equal. O(cells).
func ICC(targets [][]float64) (Correlations, bool) {
	n := len(targets)
	if n < 2 || !full(targets) || len(targets[0]) < 2 {
		return Correlations{}, false
	}
	k := len(targets[0])
	fn, fk := float64(n), float64(k)
	rows, columns := make([]float64, n), make([]float64, k)
	var all []float64
	within := 0.0
	for i, row := range targets {
		rows[i] = mean(row)
		within += squares(row)
		for j, v := range row {
			columns[j] += v / fn
		}
		all = append(all, row...)
	}
	if squares(all) == 0 {
		return Correlations{}, false
	}
	var c Correlations
	c.BMS = fk * squares(rows) / (fn - 1)
	c.WMS = within / (fn * (fk - 1))
	c.JMS = fn * squares(columns) / (fk - 1)
	c.EMS = max(0, within-fn*squares(columns)) / ((fn - 1) * (fk - 1))
	c.ICC11 = share(c.BMS-c.WMS, c.BMS+(fk-1)*c.WMS)
	c.ICC21 = share(c.BMS-c.EMS, c.BMS+(fk-1)*c.EMS+fk*(c.JMS-c.EMS)/fn)
	c.ICC31 = share(c.BMS-c.EMS, c.BMS+(fk-1)*c.EMS)
	c.ICC1k = share(c.BMS-c.WMS, c.BMS)
	c.ICC2k = share(c.BMS-c.EMS, c.BMS+(c.JMS-c.EMS)/fn)
	c.ICC3k = share(c.BMS-c.EMS, c.BMS)
	return c, true
}

// share is a/b, and 0 where the targets do not differ at all.
func share(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// ICC1 is the reliability of a single judge, ICC(1), from units with any
// number of values each: (BMS − WMS) / (BMS + (n₀ − 1) WMS), n₀ the number of
// values a unit that counts has on average (Donner and Koval 1980). Other
// judges may have seen every unit. Unknown — false — without two units, without
// a unit of two values, or where all values are equal. O(values).
func ICC1(units [][]float64) (float64, bool) {
	var means, sizes, all []float64
	within, total, squared := 0.0, 0.0, 0.0
	for _, u := range units {
		if len(u) == 0 {
			continue
		}
		n := float64(len(u))
		means, sizes = append(means, mean(u)), append(sizes, n)
		within += squares(u)
		total += n
		squared += n * n
		all = append(all, u...)
	}
	groups := float64(len(means))
	if groups < 2 || total <= groups || squares(all) == 0 {
		return 0, false
	}
	grand, between := mean(all), 0.0
	for i, m := range means {
		between += sizes[i] * (m - grand) * (m - grand)
	}
	bms, wms := between/(groups-1), within/(total-groups)
	n0 := (total - squared/total) / (groups - 1)
	return share(bms-wms, bms+(n0-1)*wms), true
}
