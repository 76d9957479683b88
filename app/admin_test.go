package app

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

func TestMetricsCountRuns(t *testing.T) {
	store, log := chattest.NewStore(), slog.New(slog.DiscardHandler)
	ann := chat.Caller{Identity: chat.Identity{Subject: "ann"}}
	engine := chat.NewEngine(chat.EngineConfig{
		Threads: store, Journal: store, Grants: store, Results: store, Files: store, Toolbox: chattest.NewToolbox(nil),
		Models: chat.NewCatalogue(log, "", chattest.NewModel(chattest.Reply{Hang: true})),
		Limits: chat.DefaultLimits(), Log: log, Now: time.Now, NewID: chat.NewID,
	})
	if err := store.CreateThread(t.Context(), "ann", chat.Thread{ID: "thr_1"}); err != nil {
		t.Fatal(err)
	}
	operator, err := openAdmin("127.0.0.1:0", "1.2.3", engine, log)
	if err != nil {
		t.Fatal(err)
	}
	defer operator.close()
	if diff := cmp.Diff("pomchat_build_info{version=\"1.2.3\"} 1\npomchat_runs_parked 0\npomchat_runs_working 0\n", ours(t, operator)); diff != "" {
		t.Errorf("without a run (-want +got):\n%s", diff)
	}
	run, err := engine.Start(t.Context(), ann, "thr_1", chat.Question{Text: "Hi"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("pomchat_build_info{version=\"1.2.3\"} 1\npomchat_runs_parked 0\npomchat_runs_working 1\n", ours(t, operator)); diff != "" {
		t.Errorf("with a run (-want +got):\n%s", diff)
	}
	if err := engine.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, run.ID); err != nil {
		t.Fatal(err)
	}
}

// ours returns the metrics of pomchat itself, as Prometheus reads them.
func ours(t *testing.T, a *admin) string {
	t.Helper()
	answer := httptest.NewRecorder()
	a.server.Handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.Code != http.StatusOK {
		t.Fatal(answer.Code, err)
	}
	var lines strings.Builder
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "pomchat_") {
			fmt.Fprint(&lines, line)
		}
	}
	return lines.String()
}

func TestAdminAddressThatCannotBeUsed(t *testing.T) {
	_, err := openAdmin("nowhere", "dev", nil, slog.New(slog.DiscardHandler))
	if got := fmt.Sprint(err); !strings.HasPrefix(got, "--admin-listen nowhere: ") {
		t.Errorf("got %q", got)
	}
	if a, err := openAdmin("", "dev", nil, nil); a != nil || err != nil {
		t.Errorf("without an address: %v, %v", a, err)
	}
}
