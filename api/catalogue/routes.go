// Package catalogue publishes the vocabularies: chains, tags, TRL.
package catalogue

import "jiebang/api/endpoint"

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
}
