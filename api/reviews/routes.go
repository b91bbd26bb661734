// Package reviews takes the experts' scores (评审意见).
package reviews

import "jiebang/api/endpoint"

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
}
