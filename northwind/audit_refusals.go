package northwind

import (
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// maxRefusals is the most refused requests that are logged in one second: anybody who reaches the port can be refused,
// and must not be able to fill a disk.
const maxRefusals = 20

// refusals answers and logs the requests that are turned away before anything is known of what they ask.
type refusals struct {
	log *slog.Logger

	mu       sync.Mutex
	second   time.Time // when the current second began
	logged   int       // in the current second
	unlogged int       // since the last line
}

// refuse answers with the detail, and logs the reason and where the request came from.
func (f *refusals) refuse(w http.ResponseWriter, r *http.Request, status int, detail string, reason error) {
	if unlogged, ok := f.allow(); ok {
		ctx, about := requestOf(r.Context())
		attrs := []slog.Attr{
			slog.String("reason", cut(reason.Error(), maxReason)), slog.Int("status", status),
			slog.String("remote", r.RemoteAddr), slog.String("request_id", about.id),
		}
		if unlogged > 0 {
			attrs = append(attrs, slog.Int("unlogged", unlogged))
		}
		f.log.LogAttrs(ctx, slog.LevelWarn, "request refused", attrs...)
	}
	problem(w, status, detail)
}

// maxReason bounds a reason in the log, in bytes.
const maxReason = 500

// allow reports whether a line may be logged now, and how many were not since the last one.
func (f *refusals) allow() (unlogged int, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now := time.Now(); now.Sub(f.second) >= time.Second {
		f.second, f.logged = now, 0
	}
	if f.logged == maxRefusals {
		f.unlogged++
		return 0, false
	}
	f.logged++
	unlogged, f.unlogged = f.unlogged, 0
	return unlogged, true
}
