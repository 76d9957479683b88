package notes_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest/notes"
)

// provider knows two tokens.
func provider(w http.ResponseWriter, r *http.Request) {
	about := map[string]string{
		"Bearer of-ann": `{"sub":"ann","scope":"openid notes.read notes.write"}`,
		"Bearer of-bob": `{"sub":"bob","scope":"openid notes.read"}`,
	}[r.Header.Get("Authorization")]
	if about == "" {
		http.Error(w, "access token invalid", http.StatusUnauthorized)
		return
	}
	_, _ = io.WriteString(w, about)
}

func TestNotes(t *testing.T) {
	userinfo := httptest.NewServer(http.HandlerFunc(provider))
	defer userinfo.Close()
	server := httptest.NewServer(notes.New(userinfo.URL))
	defer server.Close()
	const shopping = `{"id":2,"text":"Chai, tofu, and a case of Ipoh Coffee.","title":"Shopping"}`
	for _, tt := range []struct {
		name, token, tool, arguments, want string
	}{
		{"nobody", "", "whoami", `{}`, "Unauthorized"},
		{"a token that the provider does not know", "of-mallory", "whoami", `{}`, "Unauthorized"},
		{"whose token it is", "of-ann", "whoami", `{}`, `{"account":"ann","scopes":["openid","notes.read","notes.write"]}`},
		{"all", "of-ann", "list_notes", `{}`, `{"notes":[{"id":1,"title":"Welcome"},{"id":2,"title":"Shopping"},{"id":3,"title":"Quarterly review"}]}`},
		{"one", "of-ann", "read_note", `{"id":2}`, shopping},
		{"one that there is not", "of-ann", "read_note", `{"id":9}`, "there is no note 9"},
		{"those with a word", "of-ann", "search_notes", `{"text":"TOFU"}`, `{"notes":[` + shopping + `]}`},
		{"none with a word", "of-ann", "search_notes", `{"text":"beer"}`, `{"notes":[]}`},
		{"a new one", "of-ann", "add_note", `{"title":"New","text":"beer"}`, `{"id":4,"text":"beer","title":"New"}`},
		{"which is kept", "of-ann", "search_notes", `{"text":"beer"}`, `{"notes":[{"id":4,"text":"beer","title":"New"}]}`},
		{"for its owner alone", "of-bob", "search_notes", `{"text":"beer"}`, `{"notes":[]}`},
		{"without the right to write", "of-bob", "add_note", `{"title":"New","text":"beer"}`, "the token does not allow to write: it lacks the scope notes.write"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, call(t, server.URL, tt.token, tt.tool, tt.arguments)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// call returns the structured result, or the text of an error.
func call(t *testing.T, server, token, tool, arguments string) string {
	t.Helper()
	client := &http.Client{Transport: bearer(token)}
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).
		Connect(t.Context(), &mcp.StreamableClientTransport{Endpoint: server, HTTPClient: client, DisableStandaloneSSE: true, MaxRetries: -1}, nil)
	if err != nil && strings.Contains(err.Error(), "Unauthorized") {
		return "Unauthorized"
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = session.Close() }()
	result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: json.RawMessage(arguments)})
	if err != nil {
		t.Fatal(err)
	}
	if result.IsError {
		return result.Content[0].(*mcp.TextContent).Text
	}
	text, err := json.Marshal(result.StructuredContent)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// bearer is a transport that sends a token.
type bearer string

// RoundTrip implements http.RoundTripper.
func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	if b != "" {
		r.Header.Set("Authorization", "Bearer "+string(b))
	}
	return http.DefaultTransport.RoundTrip(r)
}
