// Package notes is an MCP server that needs a token of an OAuth provider, for tests
// and demonstrations: without one it answers 401, and with one it shows the notes of
// the account whose token it is.
package notes

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Server is the MCP server. It is an http.Handler, for the path /mcp, and safe for
// concurrent use.
type Server struct {
	userinfo string
	handler  http.Handler

	mu    sync.Mutex
	notes map[string][]Note // by account
}

// Note is a note.
type Note struct {
	ID    int    `json:"id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// New returns a server that asks at userinfoURL whose a token is (OpenID Connect
// Core section 5.3), each time anew.
func New(userinfoURL string) *Server {
	s := &Server{userinfo: userinfoURL, notes: map[string][]Note{}}
	server := mcp.NewServer(&mcp.Implementation{Name: "notes", Title: "Notes", Version: "1"}, nil)
	reads := func(name, title, description string) *mcp.Tool {
		return &mcp.Tool{Name: name, Title: title, Description: description, Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true, Title: title}}
	}
	mcp.AddTool(server, reads("whoami", "Who am I", "Says whose notes these are, and what the token allows."), s.whoami)
	mcp.AddTool(server, reads("list_notes", "List notes", "Lists the titles of all notes, with their ids."), s.list)
	mcp.AddTool(server, reads("read_note", "Read a note", "Returns one note."), s.read)
	mcp.AddTool(server, reads("search_notes", "Search notes", "Returns the notes that hold a text."), s.search)
	mcp.AddTool(server, &mcp.Tool{
		Name: "add_note", Title: "Add a note", Description: "Writes a new note.",
		Annotations: &mcp.ToolAnnotations{Title: "Add a note", DestructiveHint: new(false)},
	}, s.add)
	addAsking(server)
	streamable := mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, &mcp.StreamableHTTPOptions{Stateless: true, DisableLocalhostProtection: true})
	s.handler = auth.RequireBearerToken(s.verify, nil)(streamable)
	return s
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// verify asks the provider about a token.
func (s *Server) verify(ctx context.Context, token string, _ *http.Request) (*auth.TokenInfo, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.userinfo, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, fmt.Errorf("ask whose the token is: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	var got struct {
		Subject string `json:"sub"`
		Scope   string `json:"scope"`
	}
	if response.StatusCode != http.StatusOK || json.NewDecoder(response.Body).Decode(&got) != nil || got.Subject == "" {
		return nil, auth.ErrInvalidToken
	}
	return &auth.TokenInfo{UserID: got.Subject, Scopes: strings.Fields(got.Scope), Expiration: time.Now().Add(time.Minute)}, nil
}

// of returns the notes of the account that asks, and the account.
func (s *Server) of(r *mcp.CallToolRequest) (account string, notes []Note) {
	account = r.Extra.TokenInfo.UserID
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.notes[account] == nil {
		s.notes[account] = []Note{
			{1, "Welcome", "These are the notes of " + account + "."},
			{2, "Shopping", "Chai, tofu, and a case of Ipoh Coffee."},
			{3, "Quarterly review", "Compare the sales of 1997 with those of 1996 before Friday."},
		}
	}
	return account, slices.Clone(s.notes[account])
}

type owner struct {
	Account string   `json:"account"`
	Scopes  []string `json:"scopes"`
}

func (s *Server) whoami(_ context.Context, r *mcp.CallToolRequest, _ struct{}) (*mcp.CallToolResult, owner, error) {
	return nil, owner{r.Extra.TokenInfo.UserID, r.Extra.TokenInfo.Scopes}, nil
}

type title struct {
	ID    int    `json:"id"`
	Title string `json:"title"`
}

type titles struct {
	Notes []title `json:"notes"`
}

func (s *Server) list(_ context.Context, r *mcp.CallToolRequest, _ struct{}) (*mcp.CallToolResult, titles, error) {
	var out titles
	_, notes := s.of(r)
	for _, n := range notes {
		out.Notes = append(out.Notes, title{n.ID, n.Title})
	}
	return nil, out, nil
}

type noteID struct {
	ID int `json:"id" jsonschema:"the id of the note"`
}

func (s *Server) read(_ context.Context, r *mcp.CallToolRequest, in noteID) (*mcp.CallToolResult, Note, error) {
	_, notes := s.of(r)
	for _, n := range notes {
		if n.ID == in.ID {
			return nil, n, nil
		}
	}
	return nil, Note{}, fmt.Errorf("there is no note %d", in.ID)
}

type searched struct {
	Text string `json:"text" jsonschema:"what to look for, in any case"`
}

type found struct {
	Notes []Note `json:"notes"`
}

func (s *Server) search(_ context.Context, r *mcp.CallToolRequest, in searched) (*mcp.CallToolResult, found, error) {
	out := found{[]Note{}}
	_, notes := s.of(r)
	for _, n := range notes {
		if strings.Contains(strings.ToLower(n.Title+"\n"+n.Text), strings.ToLower(in.Text)) {
			out.Notes = append(out.Notes, n)
		}
	}
	return nil, out, nil
}

type added struct {
	Title string `json:"title" jsonschema:"of the new note"`
	Text  string `json:"text" jsonschema:"of the new note"`
}

func (s *Server) add(_ context.Context, r *mcp.CallToolRequest, in added) (*mcp.CallToolResult, Note, error) {
	if !slices.Contains(r.Extra.TokenInfo.Scopes, "notes.write") {
		return nil, Note{}, fmt.Errorf("the token does not allow to write: it lacks the scope notes.write")
	}
	account, _ := s.of(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	n := Note{len(s.notes[account]) + 1, in.Title, in.Text}
	s.notes[account] = append(s.notes[account], n)
	return nil, n, nil
}
