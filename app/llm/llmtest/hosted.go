package llmtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

// hosted are the scenarios with tools that the provider runs, and with what it does
// by the way.
func hosted() map[string]func(*exchange) {
	return map[string]func(*exchange){
		"search": playSearch,
		"python": func(x *exchange) { playProgram(x, chart(), []byte("Year,Sales\n1996,208083.97\n")) },
		"uncited-file": func(x *exchange) {
			x.uncited = true
			playProgram(x, chart(), []byte("Year,Sales\n1996,208083.97\n"))
		},
		"big-file": func(x *exchange) {
			playProgram(x, nil, []byte("more than anybody keeps"))
		},
		"gone-file": func(x *exchange) {
			playProgram(x)
		},
		"lenient": playCalls,
		"commentary": func(x *exchange) {
			s := x.beginResponse()
			s.message("commentary", "Let me think aloud.", "completed", nil)
			s.text("That is the answer.", "completed")
			s.complete()
		},
		"remote-424": func(x *exchange) {
			if t := x.p.kind("mcp"); t != nil {
				(&refusal{
					status: http.StatusFailedDependency, kind: "external_connector_error", code: "http_error",
					message: fmt.Sprintf("Error retrieving tool list from MCP server: '%s'. Http status code: 401 (Unauthorized)", t.Label),
				}).write(x.w)
				return
			}
			s := x.begin()
			s.text("Without that server, this is all I know.", "completed")
			s.complete()
		},
	}
}

// playSearch searches for what the question says, and cites what it found. The
// offsets are in characters, as OpenAI's are, one of which has two UTF-16 units.
func playSearch(x *exchange) {
	s := x.beginResponse()
	if x.p.kind("web_search") == nil {
		s.text("I cannot search the web.", "completed")
		s.complete()
		return
	}
	query := x.rest
	if query == "" {
		query = "Pomerium"
	}
	action := map[string]any{"type": "search", "query": query}
	item := func(status string) map[string]any {
		return map[string]any{"id": s.id("ws"), "type": "web_search_call", "status": status, "action": action}
	}
	of := s.open(item("in_progress"))
	s.event("response.web_search_call.in_progress", of(map[string]any{}))
	s.event("response.web_search_call.searching", of(map[string]any{}))
	if slices.Contains(x.p.Include, "web_search_call.action.sources") {
		action["sources"] = []any{
			map[string]any{"type": "url", "url": "https://www.example.com/first"},
			map[string]any{"type": "url", "url": "https://www.example.org/second"},
		}
	}
	s.event("response.web_search_call.completed", of(map[string]any{}))
	s.done(item("completed"))

	said := fmt.Sprintf("🔎 Of %s there is much to read ", query)
	link := "(example.com)"
	start := utf8.RuneCountInString(said)
	s.message("final_answer", said+link+".", "completed", []any{map[string]any{
		"type": "url_citation", "url": "https://www.example.com/first?utm_source=openai", "title": "The first page",
		"start_index": start, "end_index": start + utf8.RuneCountInString(link),
	}})
	s.complete()
}

// playProgram runs the program of the question, or says that it did: what it writes
// is how long the program is. It leaves chart.png and figures.csv in its container;
// a file without content is endless, and one that is not given is gone.
func playProgram(x *exchange, files ...[]byte) {
	s := x.beginResponse()
	if x.p.kind("code_interpreter") == nil {
		s.text("I cannot run programs.", "completed")
		s.complete()
		return
	}
	code := x.rest
	if code == "" {
		code = "print(\"1 < 2\")\nopen('figures.csv', 'w')"
	}
	container := fmt.Sprintf("cntr_%d", s.reply)
	item := func(status, code string, outputs any) map[string]any {
		return map[string]any{"id": s.id("ci"), "type": "code_interpreter_call", "status": status, "code": code, "container_id": container, "outputs": outputs}
	}
	of := s.open(item("in_progress", "", nil))
	s.event("response.code_interpreter_call.in_progress", of(map[string]any{}))
	for _, delta := range pieces(code) {
		s.event("response.code_interpreter_call_code.delta", of(map[string]any{"delta": delta}))
	}
	s.event("response.code_interpreter_call_code.done", of(map[string]any{"code": code}))
	s.event("response.code_interpreter_call.interpreting", of(map[string]any{}))
	s.event("response.code_interpreter_call.completed", of(map[string]any{}))
	var outputs any
	if slices.Contains(x.p.Include, "code_interpreter_call.outputs") {
		outputs = []any{map[string]any{"type": "logs", "logs": fmt.Sprintf("%d bytes of Python\n", len(code))}}
	}
	s.done(item("completed", code, outputs))

	names := []string{"chart.png", "figures.csv"}
	var notes []any
	text := "Here is what I made:"
	for i, name := range names {
		id := fmt.Sprintf("cfile_%d_%d", s.reply, i)
		if i < len(files) {
			x.h.mu.Lock()
			x.h.files[container+"/"+id] = files[i]
			x.h.mu.Unlock()
		}
		if x.uncited && i > 0 {
			continue
		}
		link := fmt.Sprintf("[%s](sandbox:/mnt/data/%s)", name, name)
		start := utf8.RuneCountInString(text) + 1
		text += " " + link
		notes = append(notes, map[string]any{
			"type": "container_file_citation", "container_id": container, "file_id": id, "filename": name,
			"start_index": start, "end_index": start + utf8.RuneCountInString(link),
		})
	}
	s.message("final_answer", text, "completed", notes)
	s.complete()
}

// chart is a small picture of bars.
func chart() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 96, 48))
	for x := range 96 {
		for y := range 48 {
			c := color.RGBA{R: 255, G: 255, B: 255, A: 255}
			if bar := x / 16; x%16 > 3 && 48-y < 8+bar*6 {
				c = color.RGBA{R: 96, G: 72, B: 200, A: 255}
			}
			img.Set(x, y, c)
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		panic(fmt.Sprintf("encode chart: %v", err))
	}
	return out.Bytes()
}

// serveFile serves the content of a file in a container, or the list of its files.
func (h *Handler) serveFile(w http.ResponseWriter, r *http.Request, resource string) {
	parts := strings.Split(resource, "/") // containers, id, files, id, content
	if len(parts) == 3 && parts[2] == "files" {
		h.listFiles(w, parts[1])
		return
	}
	if len(parts) != 5 || parts[2] != "files" || parts[4] != "content" {
		noSuchAddress(r).write(w)
		return
	}
	h.mu.Lock()
	content, ok := h.files[parts[1]+"/"+parts[3]]
	h.mu.Unlock()
	if !ok {
		(&refusal{status: http.StatusNotFound, kind: "invalid_request_error", message: fmt.Sprintf("Container file with id '%s' not found.", parts[3])}).write(w)
		return
	}
	w.Header().Set("Content-Type", "application/binary")
	if content == nil {
		_, _ = io.Copy(w, endless{r})
		return
	}
	_, _ = w.Write(content)
}

// listFiles lists the files of a container, and two that are not of this reply: one
// that the person put there, and one of an earlier reply.
func (h *Handler) listFiles(w http.ResponseWriter, container string) {
	entry := func(id, path, source string, created int) map[string]any {
		return map[string]any{"object": "container.file", "id": id, "container_id": container, "path": "/mnt/data/" + path, "source": source, "created_at": created}
	}
	files := []any{entry("cfile_old", "old.csv", "assistant", responseTime-60), entry("cfile_mine", "mine.csv", "user", responseTime+1)}
	h.mu.Lock()
	for _, name := range slices.Sorted(maps.Keys(h.files)) {
		if id, ok := strings.CutPrefix(name, container+"/"); ok {
			path := "figures.csv"
			if strings.HasSuffix(id, "_0") {
				path = "chart.png"
			}
			files = append(files, entry(id, path, "assistant", responseTime+1))
		}
	}
	h.mu.Unlock()
	writeJSON(w, http.StatusOK, map[string]any{"object": "list", "data": files, "has_more": false})
}

// endless gives zeros until its request ends.
type endless struct{ r *http.Request }

func (e endless) Read(p []byte) (int, error) {
	clear(p)
	return len(p), e.r.Context().Err()
}

// namesIn returns the names of the tools in a list.
func namesIn(list json.RawMessage) []string {
	var item struct{ Tools []struct{ Name string } }
	if json.Unmarshal(list, &item) != nil {
		return nil
	}
	names := []string{}
	for _, t := range item.Tools {
		names = append(names, t.Name)
	}
	return names
}

// rawObject returns arguments as they are to be sent.
func rawObject(arguments string) any {
	if isObject(arguments) {
		return json.RawMessage(arguments)
	}
	return map[string]any{}
}
