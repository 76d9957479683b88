package llm_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
	"github.com/pomerium/pomchat/app/llm/llmtest"
)

func TestARequestTellsNothingOfThisMachine(t *testing.T) {
	for _, api := range []llm.API{llm.APIResponses, llm.APIChat} {
		fake := llmtest.NewServer(t)
		if _, err := ask(t.Context(), newClient(t, fake, by(api)), chat.Prompt{Model: "gpt-6.1-sol", Path: question("fake:text")}); err != nil {
			t.Fatalf("%s: %v", api, err)
		}
		want := []string{"Accept", "Accept-Encoding", "Authorization", "Content-Length", "Content-Type", "User-Agent"}
		if diff := cmp.Diff(want, slices.Sorted(maps.Keys(fake.Requests()[0].Header))); diff != "" {
			t.Errorf("headers of a request by %s (-want +got):\n%s", api, diff)
		}
	}
}
