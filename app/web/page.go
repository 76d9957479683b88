package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

// page serves the built UI from memory: assets under their hashed names for
// ever, everything else as index.html, which the router of the page reads.
type page struct{ files map[string]asset }

type asset struct {
	contentType string
	etag        string
	plain       []byte
	// gzipped compresses when somebody first asks, so that starting costs nothing.
	// It returns nil where that would not make it smaller. It may be called by many.
	gzipped func() []byte
}

func newPage(ui fs.FS) (*page, error) {
	p := &page{files: map[string]asset{}}
	err := fs.WalkDir(ui, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(ui, name)
		if err != nil {
			return err
		}
		p.files["/"+name] = asset{
			contentType: contentType(name), etag: etag(data), plain: data,
			gzipped: sync.OnceValue(func() []byte { return gzipped(data) }),
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the built page: %w", err)
	}
	if _, ok := p.files["/index.html"]; !ok {
		return nil, fmt.Errorf("the page is not built: run `make ui`")
	}
	return p, nil
}

func gzipped(data []byte) []byte {
	var buf bytes.Buffer
	z, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err != nil {
		return nil
	}
	_, err = z.Write(data)
	if err = errors.Join(err, z.Close()); err != nil || buf.Len() >= len(data) {
		return nil
	}
	return buf.Bytes()
}

func etag(data []byte) string {
	sum := sha256.Sum256(data)
	return `"` + hex.EncodeToString(sum[:12]) + `"`
}

// contentType does not ask the machine's tables, which differ.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".webmanifest":
		return "application/manifest+json"
	case ".ico":
		return "image/x-icon"
	case ".woff2":
		return "font/woff2"
	case ".png":
		return "image/png"
	case ".svg":
		return "image/svg+xml"
	case ".css":
		return "text/css; charset=utf-8"
	case ".html":
		return "text/html; charset=utf-8"
	case ".json":
		return "application/json"
	default:
		return "application/octet-stream"
	}
}

func (p *page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "This address can only be read.", http.StatusMethodNotAllowed)
		return
	}
	name := path.Clean(r.URL.Path)
	a, ok := p.files[name]
	switch {
	case ok && strings.HasPrefix(name, "/assets/"):
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	case !ok && (strings.HasPrefix(name, "/assets/") || path.Ext(name) != ""):
		http.NotFound(w, r)
		return
	case ok && name != "/" && name != "/index.html":
		w.Header().Set("Cache-Control", "no-cache")
	default:
		// Kept, the page would come back for who goes back to it after signing out.
		w.Header().Set("Cache-Control", "no-store")
		a = p.files["/index.html"]
	}
	a.serve(w, r)
}

func (a asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", a.contentType)
	h.Set("ETag", a.etag)
	h.Add("Vary", "Accept-Encoding")
	if strings.Contains(r.Header.Get("If-None-Match"), a.etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	data := a.plain
	if accepted := r.Header.Get("Accept-Encoding"); strings.Contains(accepted, "gzip") && !strings.Contains(accepted, "gzip;q=0") {
		if small := a.gzipped(); small != nil {
			h.Set("Content-Encoding", "gzip")
			data = small
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(data)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(data)
	}
}
