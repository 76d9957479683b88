package notes_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest/notes"
)

func TestAsking(t *testing.T) {
	userinfo := httptest.NewServer(http.HandlerFunc(provider))
	defer userinfo.Close()
	server := httptest.NewServer(notes.New(userinfo.URL))
	defer server.Close()
	filled := map[string]any{"title": "Plans", "copies": 2.0, "shelf": "a", "tags": []any{"team"}}
	for _, tt := range []struct {
		name, tool string
		answer     mcp.ElicitResult
		asked      string // mode, message and page
		want       string
	}{
		{"a form that is filled in", "label_note", mcp.ElicitResult{Action: "accept", Content: filled}, "form: How shall note 2 be labelled? ", `{"action":"accept","content":{"copies":2,"sealed":false,"shelf":"a","tags":["team"],"title":"Plans"}}`},
		{"a form that is declined", "label_note", mcp.ElicitResult{Action: "decline"}, "form: How shall note 2 be labelled? ", `{"action":"decline"}`},
		{"a form that is left", "label_note", mcp.ElicitResult{Action: "cancel"}, "form: How shall note 2 be labelled? ", `{"action":"cancel"}`},
		{"a page that is visited", "share_note", mcp.ElicitResult{Action: "accept"}, "url: Allow that note 2 is shared. " + notes.SharePage, `{"action":"accept"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var asked string
			client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, &mcp.ClientOptions{
				Capabilities: &mcp.ClientCapabilities{Elicitation: &mcp.ElicitationCapabilities{Form: &mcp.FormElicitationCapabilities{}, URL: &mcp.URLElicitationCapabilities{}}},
				ElicitationHandler: func(_ context.Context, r *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
					asked = r.Params.Mode + ": " + r.Params.Message + " " + r.Params.URL
					return &tt.answer, nil
				},
			})
			session, err := client.Connect(t.Context(), &mcp.StreamableClientTransport{
				Endpoint: server.URL, HTTPClient: &http.Client{Transport: bearer("of-ann")}, DisableStandaloneSSE: true, MaxRetries: -1,
			}, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = session.Close() }()
			result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: tt.tool, Arguments: map[string]any{"id": 2}})
			if err != nil {
				t.Fatal(err)
			}
			got, err := json.Marshal(result.StructuredContent)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{tt.asked, tt.want}, []string{asked, string(got)}); diff != "" {
				t.Errorf("asked and returned (-want +got):\n%s", diff)
			}
		})
	}
}
