package chat_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// noRoom keeps no files.
type noRoom struct{ chat.Files }

func (noRoom) KeepFile(context.Context, chat.Subject, chat.File) error {
	return errors.New("write /data/pomchat.db: no space left on device")
}

// breaksOff is a file whose second half does not come.
type breaksOff struct{ io.Reader }

func (breaksOff) Close() error { return nil }

// What a program made is copied while its answer is written, or it is said at the program
// that it was not, and why; the answer goes on.
func TestFilesThatToolsMade(t *testing.T) {
	file := func(callID, name, content string) chat.Chunk {
		return chat.FileChunk{CallID: callID, Name: name, MediaType: "text/csv", Open: func(context.Context) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(content)), nil
		}}
	}
	lost := func(callID string, err error) chat.Chunk {
		return chat.FileChunk{CallID: callID, Name: "lost.csv", MediaType: "text/csv", Open: func(context.Context) (io.ReadCloser, error) {
			return nil, err
		}}
	}
	gone := &chat.Error{Kind: chat.KindNotFound, Op: "fetch", Message: "Acme does not have it any more."}
	for _, tt := range []struct {
		name   string
		files  []chat.Chunk
		change func(*chat.EngineConfig)
		want   []string
	}{
		{name: "kept", files: []chat.Chunk{file("ci_1", "a.csv", "1,2\n")}, want: []string{"a.csv of 4 bytes, of ci_1"}},
		{name: "gone", files: []chat.Chunk{lost("ci_1", gone), file("ci_1", "a.csv", "1")}, want: []string{
			`ci_1: The file "lost.csv" was not kept: Acme does not have it any more.`, "a.csv of 1 bytes, of ci_1",
		}},
		{name: "gone, and named in a later step than that of the program", files: []chat.Chunk{lost("", gone)}, want: []string{
			`ci_1: The file "lost.csv" was not kept: Acme does not have it any more.`,
		}},
		{name: "named in a later step than that of the program", files: []chat.Chunk{file("", "a.csv", "1")}, want: []string{"a.csv of 1 bytes, of ci_1"}},
		{name: "kept, and named again in a later step", files: []chat.Chunk{file("ci_1", "a.csv", "1"), file("", "a.csv", "1"), file("", "b.csv", "2")}, want: []string{
			"a.csv of 1 bytes, of ci_1", "b.csv of 1 bytes, of ci_1",
		}},
		{name: "too large", files: []chat.Chunk{file("ci_1", "a.csv", strings.Repeat("x", 1<<20+1))}, want: []string{
			`ci_1: The file "a.csv" was not kept: it is larger than 1 MB.`,
		}},
		{name: "broken off", files: []chat.Chunk{chat.FileChunk{CallID: "ci_1", Name: "a.csv", Open: func(context.Context) (io.ReadCloser, error) {
			return breaksOff{io.MultiReader(strings.NewReader("half"), resets{})}, nil
		}}}, want: []string{`ci_1: The file "a.csv" was not kept: the connection broke off.`}},
		{name: "the disk is full", files: []chat.Chunk{file("ci_1", "a.csv", "1")}, change: func(c *chat.EngineConfig) { c.Files = noRoom{} }, want: []string{
			`ci_1: The file "a.csv" was not kept: Something went wrong on our side. The log has the details.`,
		}},
		{name: "too many", files: []chat.Chunk{file("ci_1", "a.csv", "1"), file("ci_1", "b.csv", "2"), file("ci_1", "c.csv", "3"), file("ci_1", "d.csv", "4")}, want: []string{
			"a.csv of 1 bytes, of ci_1", "b.csv of 1 bytes, of ci_1",
			`ci_1: An answer can have 2 files: "c.csv" and what came after it were not kept.`,
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				program := chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__echo"})
				program.Chunks = append([]chat.Chunk{
					chat.HostedCall{CallID: "ci_1", Tool: chat.ToolRef{Name: "code_interpreter", Tool: "code_interpreter"}, Arguments: `{"code":"1"}`},
					chat.HostedResult{CallID: "ci_1", Result: chat.ToolResult{Text: "1"}},
				}, program.Chunks...)
				rest := chattest.Say("Here they are.")
				rest.Chunks = append(tt.files, rest.Chunks...)
				b := newBench(t, chattest.NewModel(program, rest), map[string]chattest.ToolFunc{}, func(c *chat.EngineConfig) {
					c.Limits.MaxFile, c.Limits.MaxFiles = 1<<20, 2
					if tt.change != nil {
						tt.change(c)
					}
				})
				var got []string
				for _, e := range b.follow(b.ask(chat.Question{Text: "Hi"}).ID, 0) {
					switch e := e.(type) {
					case chat.FileMade:
						got = append(got, fmt.Sprintf("%s of %d bytes, of %s", e.Name, e.Size, e.CallID))
					case chat.ToolLogged:
						got = append(got, e.Data.CallID+": "+e.Data.Text)
					case chat.Failed:
						t.Errorf("the answer failed: %s", e.ErrorText)
					}
				}
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		})
	}
}

// Who stops an answer while a file is copied is told that, and not of trouble on the way.
func TestAnAnswerThatIsStoppedWhileAFileIsCopied(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		copying := make(chan struct{})
		reply := chattest.Say("Here it is.")
		reply.Chunks = append([]chat.Chunk{
			chat.HostedCall{CallID: "ci_1", Tool: chat.ToolRef{Name: "code_interpreter", Tool: "code_interpreter"}, Arguments: `{"code":"1"}`},
			chat.FileChunk{CallID: "ci_1", Name: "a.csv", Open: func(ctx context.Context) (io.ReadCloser, error) {
				close(copying)
				<-ctx.Done()
				return nil, &chat.Error{Kind: chat.KindProviderDown, Op: "fetch", Message: "Acme cannot be reached.", Err: ctx.Err()}
			}},
		}, reply.Chunks...)
		b := newBench(t, chattest.NewModel(reply), nil)
		run := b.ask(chat.Question{Text: "Hi"})
		<-copying
		if err := b.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, run.ID); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range b.follow(run.ID, 0) {
			if e, ok := e.(chat.ToolLogged); ok {
				got = append(got, e.Data.Text)
			}
		}
		if diff := cmp.Diff([]string{`The file "a.csv" was not kept: the answer ended before it was copied.`}, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// resets fails.
type resets struct{}

func (resets) Read([]byte) (int, error) {
	return 0, errors.New("read tcp 10.0.0.1: connection reset by peer")
}
