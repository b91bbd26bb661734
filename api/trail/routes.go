// Package trail shows who did what to a thing, and when.
package trail

import "jiebang/api/endpoint"

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
}
