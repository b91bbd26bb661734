// Package assignments draws panels and gives bids to experts (抽取与分配).
package assignments

import "jiebang/api/endpoint"

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
}
