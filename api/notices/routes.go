// Package notices tells people what concerns them (通知).
package notices

import "jiebang/api/endpoint"

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
}
