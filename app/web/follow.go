package web

import (
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/pomerium/pomchat/app/chat"
)

// followPattern is where the events of a run are served. That is a plain handler, which
// the API's description is told of: streams stay open for long, and beneath the
// framework's frames each would hold a stack of twice the size.
const followPattern = "GET /api/runs/{id}/events"

func describeFollowing(api huma.API) {
	number := &huma.Schema{Type: huma.TypeInteger, Format: "int64", Minimum: new(float64)}
	api.OpenAPI().AddOperation(&huma.Operation{
		OperationID: "followRun", Method: http.MethodGet, Path: "/api/runs/{id}/events",
		Summary: "The events of a run, from its start or from a given one on, until it ends",
		Parameters: []*huma.Param{
			{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString, MaxLength: new(maxID)}},
			{Name: "after", In: "query", Description: "Skip the events up to this id.", Schema: number},
			{Name: "Last-Event-ID", In: "header", Description: "The same, as browsers send it.", Schema: number},
		},
		Responses: map[string]*huma.Response{
			"200": {
				Description: "Server-sent events. Each has an id, a number that goes up, and an Event as its data; the last data is [DONE].",
				Content:     map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{Ref: "#/components/schemas/Event"}}},
			},
			"401": problemResponse(http.StatusUnauthorized),
			"404": problemResponse(http.StatusNotFound),
			"422": problemResponse(http.StatusUnprocessableEntity),
			"500": problemResponse(http.StatusInternalServerError),
		},
	})
}

// maxID is the most bytes of an id in a path.
const maxID = 100

func problemResponse(status int) *huma.Response {
	return &huma.Response{
		Description: http.StatusText(status),
		Content:     map[string]*huma.MediaType{"application/problem+json": {Schema: &huma.Schema{Ref: "#/components/schemas/Problem"}}},
	}
}

func (s *server) followRun(w http.ResponseWriter, r *http.Request) {
	sub, err := s.subscribe(r)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	h := w.Header()
	// It means nothing to what is no page, and with more than eight headers the stream would
	// hold a map of twice the size.
	h.Del("Cross-Origin-Opener-Policy")
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-cache, no-transform")
	h.Set("X-Accel-Buffering", "no")
	h.Set("X-Vercel-Ai-Ui-Message-Stream", "v1")
	stream(r.Context(), patientWriter{w, http.NewResponseController(w)}, sub)
}

func (s *server) subscribe(r *http.Request) (*chat.Subscription, error) {
	id := r.PathValue("id")
	if len(id) > maxID {
		return nil, &chat.Error{Kind: chat.KindInvalid, Op: "follow run", Message: "The id of the run is longer than any is."}
	}
	after, err := eventNumber("after", r.URL.Query().Get("after"))
	if err != nil {
		return nil, err
	}
	last, err := eventNumber("Last-Event-ID", r.Header.Get("Last-Event-ID"))
	if err != nil {
		return nil, err
	}
	return s.Engine.Subscribe(r.Context(), callerOf(r.Context()).Subject, id, max(after, last))
}

// eventNumber reads the number of an event; none is 0.
func eventNumber(name, text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, &chat.Error{Kind: chat.KindInvalid, Op: "follow run", Message: name + " must be the number of an event, from 0 on."}
	}
	return n, nil
}
