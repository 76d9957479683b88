package chat_test

import (
	"bytes"
	"context"
	"iter"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
)

// shelf is a provider that only lists its models.
type shelf struct {
	models []chat.ModelInfo
	err    error
}

func (s *shelf) Models(context.Context) ([]chat.ModelInfo, error) { return s.models, s.err }

func (s *shelf) Reply(context.Context, chat.Prompt) iter.Seq2[chat.Chunk, error] { return nil }

func TestTheNoteOfTheDefaultModelSaysWhyOthersAreMissing(t *testing.T) {
	var log bytes.Buffer
	far := &shelf{err: &chat.Error{Kind: chat.KindModelNotFound, Message: "None is allowed."}}
	near := &shelf{models: []chat.ModelInfo{{ID: "guide", Note: "It is no language model."}}}
	c := chat.NewCatalogue(slog.New(slog.NewTextHandler(&log, nil)), "", far, near)
	look := func() []chat.ModelInfo {
		t.Helper()
		models, err := c.Models(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return models
	}
	look()
	if diff := cmp.Diff([]chat.ModelInfo{{ID: "guide", Default: true, Note: "None is allowed. It is no language model."}}, look()); diff != "" {
		t.Errorf("while one is lost (-want +got):\n%s", diff)
	}
	if n := strings.Count(log.String(), "models not listed"); n != 1 {
		t.Errorf("the log says it %d times", n)
	}
	far.models, far.err = []chat.ModelInfo{{ID: "m"}}, nil
	if diff := cmp.Diff([]chat.ModelInfo{{ID: "m", Default: true}, {ID: "guide", Note: "It is no language model."}}, look()); diff != "" {
		t.Errorf("when it is back (-want +got):\n%s", diff)
	}
	*far, *near = shelf{err: far.err}, shelf{}
	far.err = &chat.Error{Kind: chat.KindModelNotFound, Message: "None is allowed."}
	if _, err := c.Models(t.Context()); chat.MessageOf(err) != "None is allowed. No model can be used at the moment." {
		t.Errorf("without any: %v", err)
	}
}
