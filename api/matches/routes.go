// Package matches suggests teams to challenges and challenges to teams, with reasons (撮合).
package matches

import "jiebang/api/endpoint"

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
}
