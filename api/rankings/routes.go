// Package rankings computes the order of the bids and explains it (排序).
package rankings

import "jiebang/api/endpoint"

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
}
