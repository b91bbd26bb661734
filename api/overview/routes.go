// Package overview counts, for the public and for the office.
package overview

import "jiebang/api/endpoint"

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
}
