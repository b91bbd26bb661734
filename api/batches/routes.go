// Package batches sets the calls challenges belong to, with their rules (批次).
package batches

import "jiebang/api/endpoint"

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
}
