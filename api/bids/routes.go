// Package bids writes, endorses, seals and opens bids (揭榜申报书).
package bids

import "jiebang/api/endpoint"

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
}
