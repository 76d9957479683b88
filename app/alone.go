package app

import (
	"context"

	"github.com/pomerium/pomchat/app/chat"
)

// alone is the guide where no model provider is set up, which its note says.
type alone struct{ chat.Provider }

// Models implements chat.Provider.
func (a alone) Models(ctx context.Context) ([]chat.ModelInfo, error) {
	models, err := a.Provider.Models(ctx)
	for i := range models {
		models[i].Note += " There is no other, as no key for an AI provider is set (OPENAI_API_KEY)."
	}
	return models, err
}
