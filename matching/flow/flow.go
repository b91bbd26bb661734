// Package flow finds the cheapest largest flow in a network.
package flow

import "math"

// Graph is a network of nodes 0 … n−1 and arcs with a capacity and a cost for
// each unit. It keeps prices of the nodes between calls of Route, so that many
// sources can be served one after another.
type Graph struct {
	head  [][]int32 // arcs out of a node, in the order they were added
	to    []int32
	left  []int64 // capacity that is left; arc i^1 is the way back of arc i
	cost  []int64
	price []int64
	dist  []int64
	via   []int32
	state []byte
	seen  []int32
	queue queue
}

// New is a network of n nodes and no arc.
func New(n int) *Graph {
	return &Graph{head: make([][]int32, n), price: make([]int64, n), dist: make([]int64, n),
		via: make([]int32, n), state: make([]byte, n)}
}

// Arc adds an arc and returns its number. Cost and capacity must not be
// negative, and arcs must all be there before the first Route; it panics if
// not, for that is a mistake of the program.
func (g *Graph) Arc(from, to int, capacity, cost int64) int {
	if capacity < 0 || cost < 0 {
		panic("flow: negative capacity or cost")
	}
	id := len(g.to)
	g.to = append(g.to, int32(to), int32(from))
	g.left = append(g.left, capacity, 0)
	g.cost = append(g.cost, cost, -cost)
	g.head[from] = append(g.head[from], int32(id))
	g.head[to] = append(g.head[to], int32(id+1))
	return id
}

// Flow is how much runs through an arc.
func (g *Graph) Flow(arc int) int64 { return g.left[arc^1] }

// Residual calls f with every node an arc with capacity left leads to, ways
// back included.
func (g *Graph) Residual(from int, f func(to int)) {
	for _, a := range g.head[from] {
		if g.left[a] > 0 {
			f(int(g.to[a]))
		}
	}
}

// Route sends as much as it can from s to t, at most want, each unit by the
// cheapest way that is left, and returns the amount and its cost.
//
// After every call the flow so far is the cheapest one for the amounts that the
// sources have sent: successive shortest paths with potentials (Edmonds and
// Karp 1972; Ahuja, Magnanti, Orlin, Network Flows, §9.7), which needs only
// that reduced costs stay non-negative, whatever the source. Dijkstra stops as
// soon as t is settled; prices of settled nodes then fall by their lead over t.
// O(flow · arcs · log nodes) at worst; in a transport problem most searches end
// after a few nodes. Equal ways are chosen by number of node, so that the
// answer is a function of the network as it was built.
func (g *Graph) Route(s, t int, want int64) (amount, cost int64) {
	for amount < want {
		if !g.search(s, t) {
			break
		}
		step := want - amount
		for v := t; v != s; v = int(g.to[g.via[v]^1]) {
			step = min(step, g.left[g.via[v]])
		}
		for v := t; v != s; v = int(g.to[g.via[v]^1]) {
			a := g.via[v]
			g.left[a] -= step
			g.left[a^1] += step
			cost += step * g.cost[a]
		}
		amount += step
	}
	return amount, cost
}

const (
	unseen byte = iota
	queued
	settled
)

func (g *Graph) search(s, t int) bool {
	for _, v := range g.seen {
		g.state[v] = unseen
	}
	g.seen, g.queue = g.seen[:0], g.queue[:0]
	g.reach(s, 0, -1)
	for len(g.queue) > 0 {
		e := g.queue.pop()
		v := int(e.node)
		if g.state[v] == settled || e.dist > g.dist[v] {
			continue
		}
		g.state[v] = settled
		if v == t {
			g.lower(g.dist[t])
			return true
		}
		for _, a := range g.head[v] {
			w := int(g.to[a])
			if g.left[a] == 0 || g.state[w] == settled {
				continue
			}
			d := g.dist[v] + g.cost[a] + g.price[v] - g.price[w]
			if g.state[w] == unseen || d < g.dist[w] {
				g.reach(w, d, a)
			}
		}
	}
	return false
}

func (g *Graph) reach(v int, d int64, via int32) {
	if g.state[v] == unseen {
		g.seen = append(g.seen, int32(v))
	}
	g.state[v], g.dist[v], g.via[v] = queued, d, via
	g.queue.push(waiting{d, int32(v)})
}

func (g *Graph) lower(limit int64) {
	for _, v := range g.seen {
		if g.state[v] == settled {
			g.price[v] += g.dist[v] - limit
		}
	}
}

// Infinite is a capacity that nothing fills.
const Infinite = math.MaxInt64 / 4

// waiting is a node in a queue.
type waiting struct {
	dist int64
	node int32
}

func (e waiting) before(f waiting) bool {
	return e.dist < f.dist || e.dist == f.dist && e.node < f.node
}

// queue is a binary heap; container/heap would box every entry.
type queue []waiting

func (q *queue) push(e waiting) {
	*q = append(*q, e)
	h := *q
	i := len(h) - 1
	for i > 0 {
		up := (i - 1) / 2
		if !e.before(h[up]) {
			break
		}
		h[i] = h[up]
		i = up
	}
	h[i] = e
}

func (q *queue) pop() waiting {
	h := *q
	top, last := h[0], h[len(h)-1]
	h = h[:len(h)-1]
	*q = h
	i := 0
	for {
		down := 2*i + 1
		if down >= len(h) {
			break
		}
		if down+1 < len(h) && h[down+1].before(h[down]) {
			down++
		}
		if !h[down].before(last) {
			break
		}
		h[i] = h[down]
		i = down
	}
	if len(h) > 0 {
		h[i] = last
	}
	return top
}
