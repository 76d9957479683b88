package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// A failure of somebody else's server is none of ours, and never looks like the end of
// the person's own login.
func TestEveryKindHasAStatus(t *testing.T) {
	got := map[int][]chat.Kind{}
	for _, k := range chat.Kinds() {
		got[statusOf(k)] = append(got[statusOf(k)], k)
	}
	want := map[int][]chat.Kind{
		http.StatusUnauthorized:          {chat.KindUnauthenticated},
		http.StatusForbidden:             {chat.KindForbidden},
		http.StatusNotFound:              {chat.KindNotFound},
		http.StatusConflict:              {chat.KindConflict, chat.KindStopped},
		http.StatusRequestEntityTooLarge: {chat.KindTooLarge},
		http.StatusUnprocessableEntity:   {chat.KindInvalid, chat.KindModelNotFound, chat.KindModelRefused, chat.KindContextTooLong},
		http.StatusPreconditionRequired:  {chat.KindNeedsConsent},
		http.StatusTooManyRequests:       {chat.KindLimit, chat.KindProviderQuota, chat.KindProviderBusy},
		http.StatusInternalServerError:   {chat.KindInternal},
		http.StatusBadGateway:            {chat.KindProviderAuth, chat.KindProviderDown, chat.KindProtocol, chat.KindServerDown},
		http.StatusServiceUnavailable:    {chat.KindGatewayDown, chat.KindInterrupted},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAProblemNamesTheFieldThatIsWrong(t *testing.T) {
	err := fmt.Errorf("answer: %w", &chat.Error{Kind: chat.KindInvalid, Field: "year", Message: "The field \"year\" must be at least 1996."})
	want := &Problem{
		Title: "Unprocessable Entity", Status: 422, Kind: chat.KindInvalid, Detail: "The field \"year\" must be at least 1996.",
		Errors: []ProblemField{{Message: "The field \"year\" must be at least 1996.", Location: "year"}},
	}
	if diff := cmp.Diff(want, problemOf(t.Context(), slog.New(slog.DiscardHandler), err)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Who asks too often is told, by a header too, when it makes sense to ask again.
func TestARefusalSaysWhenToAskAgain(t *testing.T) {
	c := newClient(t, chattest.NewModel())
	for range chat.DefaultLimits().PerMinute {
		c.do("POST", "/api/threads/thr_1/runs", `{"text":"Hi"}`)
	}
	res, text := c.do("POST", "/api/threads/thr_1/runs", `{"text":"Hi"}`)
	wait, err := strconv.Atoi(res.Header.Get("Retry-After"))
	if res.StatusCode != http.StatusTooManyRequests || err != nil || wait < 1 || wait > 60 {
		t.Errorf("%s with Retry-After %q: %s", res.Status, res.Header.Get("Retry-After"), text)
	}
	if strings.Contains(text, "etryAfter") {
		t.Errorf("the body tells it too: %s", text)
	}
	again := httptest.NewRecorder()
	writeProblem(again, problemOf(t.Context(), slog.New(slog.DiscardHandler), &chat.Error{Kind: chat.KindProviderBusy, RetryAfter: 1100 * time.Millisecond}))
	if got := again.Header().Get("Retry-After"); got != "2" {
		t.Errorf("1.1 s are told as %q", got)
	}
}
