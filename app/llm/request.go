package llm

import (
	"strings"

	"github.com/openai/openai-go/v3/packages/param"
	"github.com/openai/openai-go/v3/responses"
	"github.com/openai/openai-go/v3/shared"

	"github.com/pomerium/pomchat/app/chat"
)

const maxSafetyIdentifier = 128 // characters that OpenAI accepts

// request translates a prompt. A compatible server gets what every server
// understands; OpenAI and Azure also what makes answers better, unless the model
// has refused it before. If retold, the model's own items are not replayed.
func (c *Client) request(p chat.Prompt, retold bool) responses.ResponseNewParams {
	model := p.Model
	out := responses.ResponseNewParams{
		Model: model,
		Input: responses.ResponseNewParamsInputUnion{
			OfInputItemList: c.inputItems(p.Path, model, retold),
		},
		Tools: functionTools(p.Tools),
		Store: param.NewOpt(false),
	}
	if p.Instructions != "" {
		out.Instructions = param.NewOpt(p.Instructions)
	}
	if p.MaxOutput > 0 && c.refusals.allows(model, knobLength) {
		out.MaxOutputTokens = param.NewOpt(p.MaxOutput)
	}
	c.hostedTools(p, &out)
	out.Tools = append(out.Tools, remoteTools(c.servers)...)
	if c.host.flavour == compatible {
		return out
	}
	allowed := func(k knob) bool { return c.refusals.allows(model, k) }
	if isReasoning(model) {
		if allowed(knobEffort) {
			out.Reasoning.Effort = shared.ReasoningEffortLow
		}
		if allowed(knobSummary) {
			out.Reasoning.Summary = shared.ReasoningSummaryAuto
		}
		out.Include = append(out.Include, responses.ResponseIncludableReasoningEncryptedContent)
	}
	if !allowed(knobInclude) {
		out.Include = nil
	}
	if c.host.flavour == openAI && p.User != "" && allowed(knobSafety) {
		out.SafetyIdentifier = param.NewOpt(p.User[:min(len(p.User), maxSafetyIdentifier)])
	}
	if c.host.flavour == openAI && len(p.Path) > 0 && allowed(knobCacheKey) {
		out.PromptCacheKey = param.NewOpt(p.Path[0].ID)
	}
	return out
}

// advisor is the role in which a request says our own words among those of the
// thread. Compatible servers know users and assistants alone.
func (c *Client) advisor() responses.EasyInputMessageRole {
	if c.host.flavour == compatible {
		return responses.EasyInputMessageRoleUser
	}
	return responses.EasyInputMessageRoleDeveloper
}

// isReasoning reports whether a model of OpenAI takes the "reasoning" parameter:
// gpt-5 and later and the o series do, but not the chat variants, whose effort
// is fixed.
func isReasoning(model string) bool {
	base := strings.TrimPrefix(model, "ft:")
	if strings.Contains(base, "-chat") {
		return false
	}
	if rest, ok := strings.CutPrefix(base, "gpt-"); ok {
		return rest != "" && rest[0] >= '5' && rest[0] <= '9'
	}
	return len(base) > 1 && base[0] == 'o' && base[1] >= '0' && base[1] <= '9'
}
