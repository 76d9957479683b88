package llm

import (
	"slices"
	"strings"
)

// suits reports whether a model can hold a chat with tools. Lists say nothing about
// that, so names have to. What OpenAI's are called says as much of them elsewhere: at
// Azure, and at servers that pass them on, by the name of their maker perhaps. Names
// that mean nothing to us are OpenAI's own only at OpenAI, where they do not suit.
func suits(id string, atOpenAI bool) bool {
	id = bare(strings.ToLower(id))
	switch {
	case forAnotherUse(id):
		return false
	case isChatFamily(id):
		return !containsAny(id, "audio", "search-preview", "instruct", "live", "cyber", "rosalind", "daybreak", "deep-research")
	}
	return !atOpenAI
}

// bare returns an id without the name of who made the model: "openai/gpt-4.1".
func bare(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }

// forAnotherUse reports whether a name says that the model draws, speaks, listens or
// measures, or completes texts only.
func forAnotherUse(id string) bool {
	for _, prefix := range []string{"dall-e", "davinci", "babbage", "gpt-audio", "gpt-live", "computer-use", "bge-", "all-minilm"} {
		if strings.HasPrefix(id, prefix) {
			return true
		}
	}
	words := strings.FieldsFunc(id, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return containsAny(id, "embed", "rerank", "whisper", "computer-use") || slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains([]string{
			"image", "images", "imagen", "diffusion", "sora", "realtime", "transcribe", "transcription",
			"tts", "moderation",
		}, w)
	})
}

// isChatFamily reports whether an id of OpenAI is gpt-3 or later, of the o
// series, ChatGPT's, or somebody's own tuning.
func isChatFamily(id string) bool {
	digitAfter := func(prefix string, least byte) bool {
		rest, ok := strings.CutPrefix(id, prefix)
		return ok && rest != "" && rest[0] >= least && rest[0] <= '9'
	}
	return digitAfter("gpt-", '3') || digitAfter("o", '0') ||
		strings.HasPrefix(id, "chatgpt-") || strings.HasPrefix(id, "ft:")
}
