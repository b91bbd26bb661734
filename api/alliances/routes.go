// Package alliances registers alliances of industry, universities and research (产学研联盟).
package alliances

import "jiebang/api/endpoint"

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
}
