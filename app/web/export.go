package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/export"
)

func (s *server) exportRoutes(api huma.API) {
	document := api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[export.Document](), true, "")
	endpoint(s, api, huma.Operation{
		OperationID: "exportThread", Method: http.MethodGet, Path: "/api/threads/{id}/export", Errors: []int{http.StatusNotFound},
		Summary: "A thread as a file: a report in Markdown, or all of it in JSON",
		Responses: map[string]*huma.Response{"200": {
			Description: "The file, to be saved.",
			Content:     map[string]*huma.MediaType{"text/markdown": {}, "application/json": {Schema: document}},
		}},
	}, s.exportThread)
}

type exportIn struct {
	ID     string `path:"id" maxLength:"100"`
	Format string `query:"format" enum:"md,json" default:"md"`
	Leaf   string `query:"leaf" maxLength:"100" doc:"With md: the last message of the line that is wanted; absent means the newest."`
}

// exportThread answers with a file. It goes out as it is written; the messages are read first,
// as they are to be shown.
func (s *server) exportThread(ctx context.Context, c chat.Caller, in *exportIn) (*huma.StreamResponse, error) {
	t, err := s.Threads.Thread(ctx, c.Subject, in.ID)
	if err != nil {
		return nil, err
	}
	messages, err := s.Threads.Messages(ctx, c.Subject, in.ID)
	if err != nil {
		return nil, err
	}
	media, write := "application/json", export.JSON
	if in.Format == "md" {
		media, write = "text/markdown; charset=utf-8", export.Markdown
		if messages, err = lineTo(messages, in.Leaf); err != nil {
			return nil, err
		}
	}
	document := export.New(c.Identity, t, messages, s.Now())
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", media)
		hc.SetHeader("Content-Disposition", attachment(export.FileName(t.Title, in.Format)))
		hc.SetHeader("Cache-Control", "private, no-store")
		hc.SetHeader("Content-Security-Policy", "sandbox; default-src 'none'")
		_, w := humago.Unwrap(hc)
		s.deliver(ctx, w, document, write)
	}}, nil
}

// deliver writes a document. One that cannot be written to its end is cut off, so that nobody takes
// half of it for all of it.
func (s *server) deliver(ctx context.Context, w io.Writer, d export.Document, write func(io.Writer, export.Document) error) {
	if err := write(w, d); err != nil {
		if ctx.Err() == nil {
			s.Log.LogAttrs(ctx, slog.LevelError, "export failed", slog.Any("error", err))
		}
		panic(http.ErrAbortHandler)
	}
}

// lineTo returns the line of the tree that ends with leaf, or with the newest message.
func lineTo(messages []chat.Message, leaf string) ([]chat.Message, error) {
	if leaf == "" && len(messages) > 0 {
		leaf = messages[len(messages)-1].ID
	}
	line := chat.Path(messages, leaf)
	if line == nil && leaf != "" {
		return nil, &chat.Error{Kind: chat.KindNotFound, Op: "export thread", Message: "There is no such message in this thread."}
	}
	return line, nil
}

// attachment returns a Content-Disposition that has a browser save what comes under a name. Who does
// not know the form for other languages has it in ASCII (RFC 6266, section 4.3 and appendix D; RFC
// 8187).
func attachment(name string) string {
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' || r == '%' {
			return '_'
		}
		return r
	}, name)
	value := `attachment; filename="` + ascii + `"`
	if ascii != name {
		value += "; filename*=UTF-8''" + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
	}
	return value
}
