package guide

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
)

func TestWhatIsAttachedIsNotReadAndThatIsSaidOnce(t *testing.T) {
	const unread = "I cannot read what is attached (“a\\*b”, “Orders”), as I am no language model. I go by the words of the question alone.\n\n"
	n := newNorthwind(t)
	with := func(question string, parts ...chat.Part) string {
		path := asked(question, parts...)
		path[2].Parts = append(path[2].Parts, chat.AttachmentPart{ID: "a1", Name: "a*b", Text: "sales by year"}, chat.AttachmentPart{ID: "a2", Name: "Orders"})
		said, _ := reply(t, fixed(), chat.Prompt{Model: ModelID, Path: path, Tools: n.tools()})
		return said
	}
	call := chat.ToolPart{CallID: "c", State: chat.CallFailed, ErrorText: "No."}
	plain, _ := reply(t, fixed(), chat.Prompt{Model: ModelID, Path: asked("average freight", call), Tools: n.tools()})
	for _, tt := range []struct{ name, got, want string }{
		{"before its first step", with("What is the average freight?"), unread + "Asking the database for **average freight**."},
		{"before what it says of itself", with("help"), unread + helpText()},
		{"and not again after a call", with("average freight", call), plain},
	} {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
