package llm_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
)

// What is known of OpenAI's models goes by family; of others nothing is.
func TestFamilies(t *testing.T) {
	const search, code = chat.WebSearch, chat.CodeInterpreter
	tests := []struct {
		model   string
		context int64
		hosted  []chat.HostedTool
	}{
		{"gpt-6.1-sol", 1_050_000, []chat.HostedTool{search, code}},
		{"gpt-5.4-mini", 400_000, []chat.HostedTool{search, code}},
		{"gpt-5.4", 1_050_000, []chat.HostedTool{search, code}},
		{"gpt-5", 400_000, []chat.HostedTool{search, code}},
		{"gpt-5-mini-2025-08-07", 400_000, []chat.HostedTool{search, code}},
		{"gpt-5-pro", 400_000, []chat.HostedTool{search}},
		{"gpt-5.1-codex", 400_000, nil},
		{"gpt-5.2-chat-latest", 128_000, nil},
		{"gpt-4.1-nano", 1_047_576, []chat.HostedTool{code}},
		{"gpt-4o", 128_000, []chat.HostedTool{search, code}},
		{"gpt-4", 8_192, nil},
		{"gpt-4-turbo", 128_000, nil},
		{"o3", 200_000, []chat.HostedTool{search, code}},
		{"o3-mini", 200_000, nil},
		{"gpt-50", 0, nil},
		{"gpt-7-nova", 0, nil},
	}
	for _, tt := range tests {
		t.Run(tt.model, func(t *testing.T) {
			models, err := clientOver(t, says(200, fmt.Sprintf(`{"data":[{"id":%q}]}`, tt.model))).Models(t.Context())
			if err != nil || len(models) != 1 {
				t.Fatalf("got %v and error %v", models, err)
			}
			if got := models[0]; got.ContextTokens != tt.context || !cmp.Equal(got.Hosted, tt.hosted) {
				t.Errorf("%d tokens and %q, want %d and %q", got.ContextTokens, got.Hosted, tt.context, tt.hosted)
			}
		})
	}
}
