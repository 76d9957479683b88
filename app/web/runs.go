package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/pomerium/pomchat/app/chat"
)

func (s *server) runRoutes(api huma.API) {
	endpoint(s, api, huma.Operation{
		OperationID: "startRun", Method: http.MethodPost, Path: "/api/threads/{id}/runs", DefaultStatus: http.StatusCreated,
		Summary:     "Asks a question",
		Description: "The server owns the run from here on; follow it at /api/runs/{runId}/events. To edit, regenerate or branch, give another parentId.",
		Errors:      []int{http.StatusNotFound, http.StatusConflict, http.StatusRequestEntityTooLarge},
	}, s.startRun)
	endpoint(s, api, huma.Operation{
		OperationID: "stopRun", Method: http.MethodPost, Path: "/api/runs/{id}/stop",
		Summary: "Stops a run; a run that has ended stays as it is", Errors: []int{http.StatusNotFound},
	}, s.stopRun)
}

type runIn struct {
	ID string `path:"id" maxLength:"100"`
}

type startIn struct {
	ID   string `path:"id" maxLength:"100"`
	Body RunRequest
}

func (s *server) startRun(ctx context.Context, c chat.Caller, in *startIn) (*body[RunStarted], error) {
	run, err := s.Engine.Start(ctx, c, in.ID, chat.Question{
		ParentID: in.Body.ParentID, Text: in.Body.Text, Attachments: in.Body.attachments(),
		Chosen: chat.Settings{Model: in.Body.Model, Servers: in.Body.Servers, ToolsOff: in.Body.ToolsOff, Hosted: in.Body.Hosted, Mixed: in.Body.Mixed},
	})
	if err != nil {
		return nil, err
	}
	return &body[RunStarted]{RunStarted{RunID: run.ID, MessageID: run.MessageID, UserMessageID: run.QuestionID}}, nil
}

func (s *server) stopRun(ctx context.Context, c chat.Caller, in *runIn) (*struct{}, error) {
	return nil, s.Engine.Stop(ctx, c, in.ID)
}

// heartbeat keeps proxies from taking a quiet stream for a dead one.
const heartbeat = 15 * time.Second

// stream writes events until the run ends, the client leaves or a write fails.
func stream(ctx context.Context, w io.Writer, sub *chat.Subscription) {
	out := &frames{w: w}
	out.comment("stream")
	for out.err == nil {
		events, err := sub.NextWithin(ctx, heartbeat)
		switch {
		case errors.Is(err, chat.ErrQuiet):
			out.comment("ping")
		case err != nil:
			return
		case len(events) == 0:
			out.done()
			return
		default:
			out.events(events)
		}
	}
}

// patience is how long a reader may take for one write. A slower one is cut off,
// and may resume.
const patience = 30 * time.Second

// patientWriter sends each write at once, and gives it so much time.
type patientWriter struct {
	http.ResponseWriter
	control *http.ResponseController
}

func (w patientWriter) Write(b []byte) (int, error) {
	if err := w.control.SetWriteDeadline(time.Now().Add(patience)); err != nil {
		return 0, fmt.Errorf("set write deadline: %w", err)
	}
	n, err := w.ResponseWriter.Write(b)
	if err != nil {
		return n, err
	}
	return n, w.control.Flush()
}

// frames writes server-sent events (HTML Standard, section 9.2). After the first
// failure it writes nothing more.
type frames struct {
	w   io.Writer
	err error
}

// outgoing is the buffers of events on their way out: a stream that waits for its next holds none.
var outgoing = sync.Pool{New: func() any { return new([]byte) }}

func (f *frames) events(events []chat.Numbered) {
	const keep = 16 << 10 // bytes
	held := outgoing.Get().(*[]byte)
	defer outgoing.Put(held)
	buf := (*held)[:0]
	for _, n := range events {
		buf = append(buf, "id: "...)
		buf = strconv.AppendInt(buf, int64(n.Seq), 10)
		buf = append(buf, "\ndata: "...)
		if buf, f.err = chat.AppendEvent(buf, n.Event); f.err != nil {
			return
		}
		buf = append(buf, "\n\n"...)
	}
	f.write(buf)
	if cap(buf) <= keep {
		*held = buf
	}
}

func (f *frames) comment(text string) { f.write(fmt.Appendf(nil, ": %s\n\n", text)) }
func (f *frames) done()               { f.write([]byte("data: [DONE]\n\n")) }

func (f *frames) write(b []byte) {
	if f.err != nil {
		return
	}
	_, f.err = f.w.Write(b)
}
