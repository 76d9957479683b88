package chattest

import (
	"context"
	"fmt"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// Prompts implements web.Prompts: the desk offers one prompt, "greet", which greets who is
// named.
func (b *Toolbox) Prompts(_ context.Context, _ chat.Caller, server string) (chat.PromptList, error) {
	return chat.PromptList{Completes: true, Prompts: []chat.ServerPrompt{
		{Name: "greet", Title: "Greet somebody", Arguments: []chat.PromptArgument{{Name: "who", Required: true}}},
	}}, atDesk(server)
}

// Prompt implements web.Prompts.
func (b *Toolbox) Prompt(_ context.Context, _ chat.Caller, server, name string, arguments map[string]string) ([]chat.PromptMessage, error) {
	if err := atDesk(server); err != nil {
		return nil, err
	}
	if name != "greet" || arguments["who"] == "" {
		return nil, &chat.Error{Kind: chat.KindInvalid, Op: "get prompt", Message: fmt.Sprintf("Desk refused: %q needs to know who.", name)}
	}
	return []chat.PromptMessage{{Role: "user", Text: "Greet " + arguments["who"] + "."}}, nil
}

// Complete implements web.Prompts.
func (b *Toolbox) Complete(_ context.Context, _ chat.Caller, server string, of chat.Completing) (chat.Completions, error) {
	out := chat.Completions{Values: []string{}}
	for _, who := range []string{"Ann", "Anton", "Bob"} {
		if strings.HasPrefix(who, of.Value) {
			out.Values = append(out.Values, who)
		}
	}
	return out, atDesk(server)
}

func atDesk(server string) error {
	if server != "desk" {
		return &chat.Error{Kind: chat.KindNotFound, Op: "ask server", Message: "There is no such server."}
	}
	return nil
}
