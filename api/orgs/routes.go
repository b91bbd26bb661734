// Package orgs registers units and who belongs to them.
package orgs

import "jiebang/api/endpoint"

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
}
