package toolbox_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

// shelf is a desk that offers something to read.
func shelf() *desk {
	d := newDesk()
	content := func(all ...*mcp.ResourceContents) mcp.ResourceHandler {
		return func(context.Context, *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
			return &mcp.ReadResourceResult{Contents: all}, nil
		}
	}
	d.AddResource(&mcp.Resource{URI: "desk://note", Name: "note", Title: "A\nnote", Description: "Of  Ann's.", MIMEType: "text/markdown", Size: 7},
		content(&mcp.ResourceContents{URI: "desk://note", MIMEType: "text/markdown", Text: "A"}, &mcp.ResourceContents{URI: "desk://note#2", Text: "note."}))
	d.AddResource(&mcp.Resource{URI: "desk://logo", Name: "logo", MIMEType: "image/png"},
		content(&mcp.ResourceContents{URI: "desk://logo", MIMEType: "image/png", Blob: []byte{1, 2}}))
	d.AddResource(&mcp.Resource{URI: "desk://odd", Name: "odd"}, content(&mcp.ResourceContents{URI: "desk://odd", Text: "a\x00b"}))
	d.AddResource(&mcp.Resource{URI: "desk://huge", Name: "huge"}, content(&mcp.ResourceContents{Text: strings.Repeat("ö", 100)}))
	d.AddResourceTemplate(&mcp.ResourceTemplate{URITemplate: "desk://rooms/{room}", Name: "room", Description: "One room."}, content(&mcp.ResourceContents{Text: "A room."}))
	return d
}

func TestResourcesAreListedAsTheServerOffersThem(t *testing.T) {
	for _, tt := range []struct {
		name string
		desk *desk
		want chat.ResourceList
	}{
		{"texts and a family of them", shelf(), chat.ResourceList{
			Resources: []chat.Resource{
				{URI: "desk://huge", Title: "huge"}, {URI: "desk://logo", Title: "logo", MediaType: "image/png"},
				{URI: "desk://note", Title: "A note", Description: "Of Ann's.", MediaType: "text/markdown", Size: 7},
				{URI: "desk://odd", Title: "odd"},
			},
			Templates: []chat.ResourceTemplate{{Template: "desk://rooms/{room}", Title: "room", Description: "One room."}},
		}},
		{"a server that knows of none", newDesk(), chat.ResourceList{Resources: []chat.Resource{}, Templates: []chat.ResourceTemplate{}}},
	} {
		for _, stateless := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, stateless %t", tt.name, stateless), func(t *testing.T) {
				d := tt.desk
				d.over = make(chan struct{})
				box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("a", d.serve(t, stateless).URL)}})
				got, err := box.Resources(t.Context(), ann, "a")
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		}
	}
}

func TestOfManyResourcesTheFirstAreListed(t *testing.T) {
	d := newDesk()
	for i := range 1100 {
		d.AddResource(&mcp.Resource{URI: fmt.Sprintf("desk://%04d", i), Name: "n"}, nil)
	}
	box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("a", d)}})
	got, err := box.Resources(t.Context(), ann, "a")
	if err != nil || len(got.Resources) != 500 || !got.More {
		t.Errorf("got %d resources, more %t, error %v", len(got.Resources), got.More, err)
	}
}

func TestAResourceIsReadAsText(t *testing.T) {
	read := func(kind chat.Kind, message string) *chat.Error { return &chat.Error{Kind: kind, Message: message} }
	d := shelf()
	box := newBox(t, toolbox.Config{MaxOutput: 99, Remote: []toolbox.Remote{
		remote("a", d.serve(t, true).URL), remote("denied", serve(t, denial()).URL), remote("page", serve(t, http.NotFoundHandler()).URL),
		remote("login", serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) })).URL),
	}})
	for _, tt := range []struct {
		name, server, uri string
		want              chat.ResourceText
		err               *chat.Error
	}{
		{"in several pieces", "a", "desk://note", chat.ResourceText{Server: "a", ServerName: "A", URI: "desk://note", MediaType: "text/markdown", Text: "A\n\nnote.", Size: 8}, nil},
		{"of a family", "a", "desk://rooms/7", chat.ResourceText{Server: "a", ServerName: "A", URI: "desk://rooms/7", Text: "A room.", Size: 7}, nil},
		{"the beginning of a long one", "a", "desk://huge", chat.ResourceText{Server: "a", ServerName: "A", URI: "desk://huge", Text: strings.Repeat("ö", 49), Size: 200}, nil},
		{"a picture", "a", "desk://logo", chat.ResourceText{}, read(chat.KindInvalid, "desk://logo is no text but image/png, and only text can be read here.")},
		{"what only claims to be text", "a", "desk://odd", chat.ResourceText{}, read(chat.KindInvalid, "desk://odd is no text but binary data, and only text can be read here.")},
		{"one that there is not", "a", "desk://x", chat.ResourceText{}, read(chat.KindInvalid, "A refused: Resource not found.")},
		{"of a server that policy keeps from you", "denied", "desk://note", chat.ResourceText{}, read(chat.KindForbidden, "This request to DENIED was blocked by policy.")},
		{"of one that asks for a login", "login", "desk://note", chat.ResourceText{}, read(chat.KindForbidden, "LOGIN could not be asked: it asks you to log in.")},
		{"of none at all", "page", "desk://note", chat.ResourceText{}, read(chat.KindServerDown, "PAGE could not be asked: there is no MCP server at this address (HTTP 404).")},
		{"of a server that you do not have", "other", "desk://note", chat.ResourceText{}, read(chat.KindNotFound, "There is no such server.")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := box.ReadResource(t.Context(), ann, tt.server, tt.uri)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			e, _ := err.(*chat.Error)
			if (e == nil) != (tt.err == nil) || e != nil && (e.Kind != tt.err.Kind || e.Message != tt.err.Message) {
				t.Errorf("got error %#v, want %#v", err, tt.err)
			}
		})
	}
}

func TestAnAnswerThatMakesTheSDKPanicIsNoMCP(t *testing.T) {
	d := shelf()
	d.AddReceivingMiddleware(func(next mcp.MethodHandler) mcp.MethodHandler {
		return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
			switch method {
			case "resources/read":
				return &mcp.ReadResourceResult{Contents: []*mcp.ResourceContents{nil}}, nil
			case "resources/list":
				return &mcp.ListResourcesResult{Resources: []*mcp.Resource{nil}}, nil
			}
			return next(ctx, method, req)
		}
	})
	box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("a", d)}})
	_, reading := box.ReadResource(t.Context(), ann, "a", "desk://note")
	_, listing := box.Resources(t.Context(), ann, "a")
	for _, err := range []error{reading, listing} {
		if chat.MessageOf(err) != "A could not be asked: its answer is not MCP." {
			t.Errorf("got %v", err)
		}
	}
}

func TestWhatThereIsToReadIsRememberedForEachPerson(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := shelf()
		asked := 0
		d.AddReceivingMiddleware(func(next mcp.MethodHandler) mcp.MethodHandler {
			return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
				if method == "resources/list" {
					asked++
				}
				return next(ctx, method, req)
			}
		})
		box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("a", d)}})
		bob := chat.Caller{Identity: chat.Identity{Subject: "bob"}}
		for _, tt := range []struct {
			name   string
			wait   time.Duration
			caller chat.Caller
			want   int
		}{
			{"at first it is asked", 0, ann, 1},
			{"then remembered", 29 * time.Second, ann, 1},
			{"but for another it is asked", 0, bob, 2},
			{"after a while it is asked again", time.Second, ann, 3},
		} {
			time.Sleep(tt.wait)
			if _, err := box.Resources(t.Context(), tt.caller, "a"); err != nil || asked != tt.want {
				t.Errorf("%s: asked %d times, want %d (%v)", tt.name, asked, tt.want, err)
			}
		}
	})
}

func TestAResourceIsReadWithTheTokenOfWhoAsksAtItsHostAlone(t *testing.T) {
	g := newGateway(t)
	d := shelf()
	inner := d.serve(t, true)
	g.hosts["desk.example.com"] = inner.Config.Handler
	g.listed["ann"] = []toolbox.Listed{listed("desk")}
	box := g.box(t, toolbox.Config{})
	if _, err := box.ReadResource(t.Context(), caller("ann", "te-ann"), "desk-example-com", "desk://note"); err != nil {
		t.Fatal(err)
	}
	if got := g.visits(); got != "desk.example.com Bearer te-ann" {
		t.Errorf("the token came to\n%s", got)
	}
	if _, err := box.ReadResource(t.Context(), caller("bob", "te-bob"), "desk-example-com", "desk://note"); chat.KindOf(err) != chat.KindNotFound || g.visits() != "" {
		t.Errorf("another's server: %v", err)
	}
}

// A page that is told "unauthenticated" has its person sign in again, which helps against
// the end of their own session and not against a server that wants a login.
func TestAServerThatWantsALoginIsNotTheEndOfTheSession(t *testing.T) {
	wants := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) }))
	login := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("login", wants.URL)}})
	ended := newBox(t, toolbox.Config{Directory: &gateway{trouble: &chat.Error{Kind: chat.KindUnauthenticated, Op: "list"}}, Transport: deadEnd()})
	type told struct {
		Kind   chat.Kind
		Status int
	}
	for _, tt := range []struct {
		name string
		box  *toolbox.Toolbox
		want told
	}{
		{"a server that wants a login", login, told{chat.KindForbidden, 401}},
		{"the end of the session", ended, told{chat.KindUnauthenticated, 0}},
	} {
		_, listing := tt.box.Resources(t.Context(), caller("eve", "TE"), "login")
		_, reading := tt.box.ReadResource(t.Context(), caller("eve", "TE"), "login", "desk://note")
		for _, err := range []error{listing, reading} {
			if got := (told{chat.KindOf(err), chat.TraceOf(err).Status}); got != tt.want {
				t.Errorf("%s: got %v, want %v (%v)", tt.name, got, tt.want, err)
			}
		}
	}
}
