package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// page serves the built UI from memory: assets under their hashed names for
// ever, everything else as index.html, which the router of the page reads.
type page struct{ files map[string]asset }

// asset is a file of the page. It is never changed; many may serve it at once.
type asset struct {
	contentType string
	// codings are those that it is kept in, the one to prefer first.
	codings []string
	forms   map[string]form
}

// form is a file in one coding: a representation, with an entity tag of its own (RFC 9110, section 8.8.3).
type form struct {
	etag string
	data func() ([]byte, error)
}

// newPage reads a built page. The build keeps a file x as x.br and x.gz, where that makes it smaller, and
// else as it is. Who takes neither gets x.gz unpacked.
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
		p.keep(name, data)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the built page: %w", err)
	}
	if _, ok := p.files["/index.html"]; !ok {
		return nil, fmt.Errorf("the page is not built: run `make ui`")
	}
	for name, a := range p.files {
		if _, ok := a.forms[identity]; !ok {
			return nil, fmt.Errorf("read the built page: %s is there as .br but not as .gz", name)
		}
	}
	return p, nil
}

// keep adds what a file holds to the asset that it is a form of.
func (p *page) keep(file string, data []byte) {
	whole := func() ([]byte, error) { return data, nil }
	switch path.Ext(file) {
	case ".br":
		p.put(strings.TrimSuffix(file, ".br"), brotli, form{etag(data), whole})
	case ".gz":
		name := strings.TrimSuffix(file, ".gz")
		p.put(name, gzipped, form{etag(data), whole})
		p.put(name, identity, form{etag(data, identity), sync.OnceValues(func() ([]byte, error) { return unzipped(data) })})
	default:
		p.put(file, identity, form{etag(data), whole})
	}
}

func (p *page) put(name, coding string, f form) {
	a, ok := p.files["/"+name]
	if !ok {
		a = asset{contentType: contentType(name), forms: map[string]form{}}
	}
	a.forms[coding] = f
	a.codings = slices.DeleteFunc([]string{brotli, gzipped, identity}, func(c string) bool { return a.forms[c].data == nil })
	p.files["/"+name] = a
}

func unzipped(data []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// etag is of the bytes, and of what makes others of them.
func etag(data []byte, made ...string) string {
	sum := sha256.Sum256(data)
	return `"` + strings.Join(append([]string{hex.EncodeToString(sum[:12])}, made...), "-") + `"`
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

// serve answers with the form that the request rates highest, always whole: a part of a
// compressed file is of no use to anybody.
func (a asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	coding, ok := chooseCoding(r.Header.Values("Accept-Encoding"), a.codings)
	if !ok {
		h.Del("Cache-Control")
		http.Error(w, "This address has nothing in a coding that you accept.", http.StatusNotAcceptable)
		return
	}
	chosen := a.forms[coding]
	h.Set("ETag", chosen.etag)
	if matchesTag(r.Header.Values("If-None-Match"), chosen.etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	data, err := chosen.data()
	if err != nil {
		// The build made it and a test reads every one.
		panic(fmt.Errorf("unpack a file of the page: %w", err))
	}
	h.Set("Content-Type", a.contentType)
	h.Set("Accept-Ranges", "none")
	h.Set("Content-Length", strconv.Itoa(len(data)))
	if coding != identity {
		h.Set("Content-Encoding", coding)
	}
	if r.Method != http.MethodHead {
		_, _ = w.Write(data)
	}
}
