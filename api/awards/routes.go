// Package awards proposes, publicises and decides awards, and hears objections (中榜、公示、异议).
package awards

import "jiebang/api/endpoint"

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
}
