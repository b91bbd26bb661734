// Package experts registers the experts who judge bids.
package experts

import "jiebang/api/endpoint"

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
}
