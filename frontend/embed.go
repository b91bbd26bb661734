// Package frontend holds the built pages of the React application, so that the server
// is one file. The build is not committed: without it the folder has only a placeholder.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Pages is the root of the built pages: index.html and assets/, each asset also as .gz.
// In a tree that was never built index.html is missing and the server says how to build it.
func Pages() fs.FS {
	pages, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // dist is embedded above: cannot happen
	}
	return pages
}
