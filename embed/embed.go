// Package embed holds the files that travel inside the binary: the built page
// and the Northwind database. They are built by `make ui` and `make gen`,
// committed, and compared with a fresh build by tests.
package embed

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// UI returns the built page, with index.html at its root. A file x is there as x.br and x.gz, compressed by
// the build, or as x where that would not make it smaller.
func UI() (fs.FS, error) { return fs.Sub(dist, "dist") }
