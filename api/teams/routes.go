// Package teams forms research teams and keeps their cards: tags, evidence, capacity.
package teams

import "jiebang/api/endpoint"

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
}
