// Package documents takes files and hands them out.
package documents

import (
	"jiebang/api/endpoint"
	"jiebang/internal/blob"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors, b blob.Store) {
}
