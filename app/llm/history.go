package llm

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
	"math/big"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/pomerium/pomchat/app/chat"
)

// goOn asks for the rest of an answer that was cut off.
const goOn = "Your answer above was cut off. Go on exactly where it ended: do not repeat or sum up what is there, " +
	"do not introduce the rest, and do not mention the interruption."

const (
	maxToolOutput = 48 << 10 // bytes of one result that a model reads
	interrupted   = "The call was interrupted before a result arrived."
	declined      = "The user did not allow this call, so it was not made."
)

// wasCutOff reports whether the message at i goes on with the answer before it.
func wasCutOff(path []chat.Message, i int) bool {
	return i > 0 && path[i].Role == chat.RoleAssistant && path[i-1].Role == chat.RoleAssistant
}

// steps yields the parts that each call of the model wrote.
func steps(parts chat.Parts) iter.Seq[chat.Parts] {
	return func(yield func(chat.Parts) bool) {
		for from, to := 0, 0; from < len(parts); from = to {
			_, step := partKey(parts[from])
			for to < len(parts) {
				if _, s := partKey(parts[to]); s != step {
					break
				}
				to++
			}
			if !yield(parts[from:to]) {
				return
			}
		}
	}
}

// partKey returns the id of a part and the step that wrote it.
func partKey(p chat.Part) (id string, step int) {
	switch p := p.(type) {
	case chat.TextPart:
		return p.ID, p.Step
	case chat.ReasoningPart:
		return p.ID, p.Step
	case chat.ToolPart:
		return p.CallID, p.Step
	case chat.SourcePart:
		return p.ID, p.Step
	case chat.FilePart:
		return p.ID, p.Step
	case chat.AttachmentPart:
		return p.ID, 0
	default:
		return "", 0
	}
}

// names reports whether a part is the one that a provider called id: the core puts
// the step before ids that are unique in one reply only.
func names(partID, id string) bool {
	return partID == id || strings.HasSuffix(partID, "."+id)
}

// dropped reports whether a call is not told to a model that did not make it. What
// a search or a calculation of a provider found is in the words that follow;
// what an MCP server returned is told like the result of any other call.
func dropped(p chat.ToolPart) bool { return p.Hosted && p.Tool.Server == "" }

// soundName returns a function's name that every provider accepts: a model may
// have called what does not exist and could not.
func soundName(name string) string {
	sound := regexp.MustCompile(`[^a-zA-Z0-9_-]`).ReplaceAllString(name, "_")
	if sound == "" {
		return "unknown"
	}
	return sound[:min(len(sound), 64)]
}

// The most bytes of a call's id in a request, beyond which OpenAI refuses it. Others, and
// some gateways to OpenAI itself, give out longer ones.
const (
	maxCallID     = 64
	maxChatCallID = 40
)

// boundID returns an id of a call as it is, or one that stands for it if it is longer than
// allowed.
func boundID(id string, most int) string {
	if len(id) <= most {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	return "call_" + hex.EncodeToString(sum[:16])
}

// shortID writes the id of a call as nine letters and digits, the only form that
// Mistral's models accept.
func shortID(id string) string {
	sum := sha256.Sum256([]byte(id))
	return fmt.Sprintf("%09s", new(big.Int).SetBytes(sum[:7]).Text(36))[:9]
}

// arguments returns a call's arguments as text that is a JSON object, whatever
// came: those that the model wrote, if the person changed them.
func arguments(p chat.ToolPart) string {
	for _, text := range []string{string(p.ModelInput), string(p.Input), p.InputText} {
		if isObject(text) {
			return text
		}
	}
	return "{}"
}

func isObject(text string) bool {
	var object map[string]json.RawMessage
	return json.Unmarshal([]byte(text), &object) == nil && object != nil
}

// outputText is what the model reads as a call's result. The call stands in its history
// as it wrote it, so it is told what the person made of that.
func outputText(p chat.ToolPart) string {
	if p.ModelInput != nil {
		return fmt.Sprintf("The user changed the arguments of this call to: %s\n\n%s", capped(string(p.Input)), resultText(p))
	}
	return resultText(p)
}

func resultText(p chat.ToolPart) string {
	if p.Output == nil {
		switch {
		case p.ErrorText != "":
			return capped("The call failed: " + p.ErrorText)
		case p.State == chat.CallDenied, p.Approval != nil && p.Approval.Approved != nil && !*p.Approval.Approved:
			return declined
		default:
			return interrupted
		}
	}
	text := p.Output.Text
	if strings.TrimSpace(text) == "" {
		text = string(p.Output.Structured)
	}
	if text == "" {
		text = "The tool returned nothing."
	}
	if p.Output.IsError {
		text = "The tool reported an error: " + text
	}
	return capped(text)
}

// capped keeps the head of a long result, whole lines if there are any, and says
// that it did.
func capped(s string) string {
	if len(s) <= maxToolOutput {
		return s
	}
	head := s[:maxToolOutput]
	for !utf8.RuneStart(s[len(head)]) {
		head = head[:len(head)-1]
	}
	if i := strings.LastIndexByte(head, '\n'); i > maxToolOutput/2 {
		head = head[:i]
	}
	return fmt.Sprintf("%s\n[cut off here: these are the first %d of %d bytes; ask for less to see the rest]", head, len(head), len(s))
}
