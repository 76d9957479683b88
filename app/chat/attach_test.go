package chat_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// deskOffers lets the bench's engine read resources of its toolbox.
func (b *bench) deskOffers(texts map[string]string) *bench {
	for uri, text := range texts {
		b.tools.Offer(uri, text)
	}
	b.Resources = b.tools
	return b
}

func paste(text string) chat.Attachment {
	return chat.Attachment{Name: "Pasted text", MediaType: "text/plain", Text: text}
}

func TestWhatIsAttachedIsStoredWithTheQuestionAndReachesTheModel(t *testing.T) {
	b := newBench(t, chattest.NewModel(chattest.Say("Two lines.")), nil).deskOffers(map[string]string{"desk://note": "A note."})
	run := b.ask(chat.Question{Text: "What is this?", Attachments: []chat.Attachment{
		{Name: " a\u202e\nb.csv ", MediaType: "Text/CSV; charset=utf-8", Text: "n\n1\n"},
		{Name: "Note", Server: "desk", URI: "desk://note"},
		{Server: "desk", URI: "desk://note"},
	}})
	b.follow(run.ID, 0)
	want := chat.Parts{
		chat.TextPart{ID: "1", Text: "What is this?", State: "done"},
		chat.AttachmentPart{ID: "a1", Name: "a b.csv", MediaType: "text/csv", Text: "n\n1\n"},
		chat.AttachmentPart{ID: "a2", Name: "Note", MediaType: "text/markdown", Text: "A note.", Server: "desk", ServerName: "Desk", URI: "desk://note"},
		chat.AttachmentPart{ID: "a3", Name: "desk://note", MediaType: "text/markdown", Text: "A note.", Server: "desk", ServerName: "Desk", URI: "desk://note"},
	}
	messages, err := b.store.Messages(t.Context(), "ann", b.thread)
	if err != nil {
		t.Fatal(err)
	}
	for where, got := range map[string]chat.Parts{"stored": messages[0].Parts, "told to the model": b.model.Prompts()[0].Path[0].Parts} {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", where, diff)
		}
	}
}

func TestAQuestionThatIsAskedOtherwiseOrAnsweredAnewKeepsWhatWasAttached(t *testing.T) {
	b := newBench(t, chattest.NewModel(chattest.Say("1"), chattest.Say("2"), chattest.Say("3")), nil).deskOffers(map[string]string{"desk://note": "A note."})
	first := b.ask(chat.Question{Text: "What?", Attachments: []chat.Attachment{{Name: "Note", Server: "desk", URI: "desk://note"}, paste("x")}})
	b.follow(first.ID, 0)
	b.tools.Offer("desk://note", "Another note.")
	b.follow(b.ask(chat.Question{ParentID: &first.QuestionID}).ID, 0)
	root := ""
	b.follow(b.ask(chat.Question{Text: "What else?", ParentID: &root, Attachments: []chat.Attachment{
		{MessageID: first.QuestionID, PartID: "a1"}, {MessageID: first.QuestionID, PartID: "a2"},
	}}).ID, 0)
	var told [][]chat.AttachmentPart
	for _, p := range b.model.Prompts() {
		told = append(told, p.Path[0].Attachments())
	}
	kept := []chat.AttachmentPart{
		{ID: "a1", Name: "Note", MediaType: "text/markdown", Text: "A note.", Server: "desk", ServerName: "Desk", URI: "desk://note"},
		{ID: "a2", Name: "Pasted text", MediaType: "text/plain", Text: "x"},
	}
	if diff := cmp.Diff([][]chat.AttachmentPart{kept, kept, kept}, told); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAttachmentsThatCannotBeTakenAreRefusedByName(t *testing.T) {
	const each = 256 << 10
	type refused struct {
		Kind           chat.Kind
		Field, Message string
	}
	for _, tt := range []struct {
		name  string
		given []chat.Attachment
		text  string
		want  refused
	}{
		{"one that is too long", []chat.Attachment{paste("x"), {Name: "dump.sql", Text: strings.Repeat("x", each+1)}}, "Hi",
			refused{chat.KindTooLarge, "attachments[1]", "“dump.sql” is 257 kB long, and at most 256 kB can be attached in one piece. Attach a part of it."}},
		{"several that are too long together", []chat.Attachment{paste(strings.Repeat("x", each)), paste(strings.Repeat("x", each)), {Name: "more.txt", Text: "x"}}, "Hi",
			refused{chat.KindTooLarge, "attachments[2]", "With “more.txt”, what is attached is more than the 512 kB that fit a question. Leave something out."}},
		{"more than ten", make([]chat.Attachment, 11), "Hi",
			refused{chat.KindTooLarge, "attachments", "11 things are attached, and 10 are the most. Leave some out."}},
		{"one that is empty", []chat.Attachment{{Name: "a.txt", MediaType: "text/plain", Text: " \n"}}, "Hi",
			refused{chat.KindInvalid, "attachments[0]", "“a.txt” is empty. Leave it out."}},
		{"one that is no text", []chat.Attachment{{Name: "a.png", Text: "\x00\x01"}}, "Hi",
			refused{chat.KindInvalid, "attachments[0]", "“a.png” is not text, and only text can be attached."}},
		{"one of two kinds", []chat.Attachment{{Name: "a", Text: "x", Server: "desk", URI: "desk://note"}}, "Hi",
			refused{chat.KindInvalid, "attachments[0]", "An attachment is a text, a resource of a server, or one of an earlier question, and “a” is more than one of these."}},
		{"a resource of no server", []chat.Attachment{{Name: "a", URI: "desk://note"}}, "Hi",
			refused{chat.KindInvalid, "attachments[0]", "“a” does not name a resource of a server."}},
		{"a server that the person does not have", []chat.Attachment{paste("x"), {Name: "a", Server: "other", URI: "desk://note"}}, "Hi",
			refused{chat.KindNotFound, "attachments[1]", "“a” could not be attached. There is no such server."}},
		{"a resource that the server does not have", []chat.Attachment{{Name: "a", Server: "desk", URI: "desk://x"}}, "Hi",
			refused{chat.KindInvalid, "attachments[0]", "“a” could not be attached. Desk refused: There is no desk://x."}},
		{"a resource without words", []chat.Attachment{{Server: "desk", URI: "desk://empty"}}, "Hi",
			refused{chat.KindInvalid, "attachments[0]", "“desk://empty” could not be attached. It is empty."}},
		{"a resource that is too long", []chat.Attachment{{Server: "desk", URI: "desk://long"}}, "Hi",
			refused{chat.KindTooLarge, "attachments[0]", "“desk://long” is 257 kB long, and at most 256 kB can be attached in one piece. Attach a part of it."}},
		{"what no earlier question had", []chat.Attachment{{MessageID: "msg_1", PartID: "a1"}}, "Hi",
			refused{chat.KindInvalid, "attachments[0]", "What was attached to the earlier question is not there any more. Attach it anew."}},
		{"no words beside them", []chat.Attachment{paste("x")}, " ",
			refused{chat.KindInvalid, "", "Write what you want to know about what is attached."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, chattest.NewModel(), nil).deskOffers(map[string]string{"desk://note": "A note.", "desk://empty": " ", "desk://long": strings.Repeat("x", each+1)})
			_, err := b.Start(t.Context(), b.caller, b.thread, chat.Question{Text: tt.text, Attachments: tt.given})
			e, _ := err.(*chat.Error)
			if e == nil {
				t.Fatalf("got %v", err)
			}
			if diff := cmp.Diff(tt.want, refused{e.Kind, e.Field, e.Message}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if messages, _ := b.store.Messages(t.Context(), "ann", b.thread); len(messages) > 0 {
				t.Errorf("messages were stored: %v", messages)
			}
		})
	}
}

func TestAnAttachedResourceIsSomethingThatAServerTold(t *testing.T) {
	model := chattest.NewModel(chattest.Say("Fine.")).CanRun(chat.WebSearch)
	b := newBench(t, model, nil).deskOffers(map[string]string{"desk://note": "A note."})
	alone := chat.Settings{Servers: []string{}, Hosted: []chat.HostedTool{chat.WebSearch}}
	_, err := b.Start(t.Context(), b.caller, b.thread, chat.Question{Text: "Look it up", Chosen: alone, Attachments: []chat.Attachment{{Server: "desk", URI: "desk://note"}}})
	if chat.KindOf(err) != chat.KindNeedsConsent {
		t.Errorf("with a resource: %v", err)
	}
	if _, err := b.Start(t.Context(), b.caller, b.thread, chat.Question{Text: "Look it up", Chosen: alone, Attachments: []chat.Attachment{paste("mine")}}); err != nil {
		t.Errorf("with a paste: %v", err)
	}
}
