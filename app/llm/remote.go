package llm

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/openai/openai-go/v3/packages/param"
	"github.com/openai/openai-go/v3/responses"

	"github.com/pomerium/pomchat/app/chat"
)

const maxLabel = 32 // bytes; no limit is documented

// labelled is a remote server under the label that a request gives it.
type labelled struct {
	chat.RemoteServer
	label string
}

// labelServers gives each server a label: letters, digits, "-" and "_", a letter
// first. It depends on the server's id alone, since items of earlier replies name
// servers by their labels; ids that differ in other characters stay apart.
func labelServers(servers []chat.RemoteServer) []labelled {
	sound := regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`)
	taken := map[string]bool{}
	var out []labelled
	for _, s := range servers {
		label := s.ID
		if !sound.MatchString(label) || len(label) > maxLabel || taken[label] {
			sum := sha256.Sum256([]byte(s.ID))
			label = "s_" + regexp.MustCompile(`[^A-Za-z0-9_-]`).ReplaceAllString(s.ID, "_")
			label = label[:min(len(label), maxLabel-9)] + "_" + hex.EncodeToString(sum[:4])
		}
		taken[label] = true
		out = append(out, labelled{RemoteServer: s, label: label})
	}
	return out
}

// remoteTools translates servers into tools of a request. The token goes in bare,
// in the member that is neither stored nor echoed. Which tools may be called, and
// which of them wait for approval, is said by name: a server's own word for what is
// harmless is not taken. A server of which no tool may be called is left out, since
// no list would mean all of them.
//
// Source: https://platform.openai.com/docs/guides/tools-connectors-mcp
func remoteTools(servers []labelled) []responses.ToolUnionParam {
	var out []responses.ToolUnionParam
	for _, s := range servers {
		if len(s.Tools) == 0 {
			continue
		}
		tool := responses.ToolParamOfMcp(s.label)
		tool.OfMcp.ServerURL = param.NewOpt(s.URL)
		if !s.Token.IsZero() {
			tool.OfMcp.Authorization = param.NewOpt(s.Token.Reveal())
		}
		var asks, runs []string
		for _, t := range s.Tools {
			tool.OfMcp.AllowedTools.OfMcpAllowedTools = append(tool.OfMcp.AllowedTools.OfMcpAllowedTools, t.Tool)
			if slices.Contains(s.Ask, t.Tool) {
				asks = append(asks, t.Tool)
			} else {
				runs = append(runs, t.Tool)
			}
		}
		tool.OfMcp.RequireApproval.OfMcpToolApprovalFilter = &responses.ToolMcpRequireApprovalMcpToolApprovalFilterParam{
			Always: responses.ToolMcpRequireApprovalMcpToolApprovalFilterAlwaysParam{ToolNames: asks},
			Never:  responses.ToolMcpRequireApprovalMcpToolApprovalFilterNeverParam{ToolNames: runs},
		}
		out = append(out, tool)
	}
	return out
}

// serverOf returns the id of the server with that label, or the label itself.
func serverOf(servers []labelled, label string) chat.RemoteServer {
	for _, s := range servers {
		if s.label == label {
			return s.RemoteServer
		}
	}
	return chat.RemoteServer{ID: label, Name: label}
}

// refOf returns the tool that an item of a server names.
func refOf(servers []labelled, label, name string) chat.ToolRef {
	s := serverOf(servers, label)
	for _, t := range s.Tools {
		if t.Tool == name {
			return t.ToolRef
		}
	}
	return chat.ToolRef{Name: soundName(label + "__" + name), Server: s.ID, ServerName: s.Name, Tool: name}
}

// waiting is a call for whose approval the provider waited.
type waiting struct{ request, callID, label, name string }

// waitingCalls returns the calls in a path that were put before the person, by the
// id that the provider gave the question.
func waitingCalls(path []chat.Message, provider, model string) []waiting {
	var out []waiting
	for _, m := range path {
		for _, n := range m.Native {
			if n.Provider != provider || n.Model != model || !strings.Contains(string(n.Raw), typeApproval) {
				continue
			}
			var it outputItem
			if json.Unmarshal(n.Raw, &it) == nil && it.Type == typeApproval {
				out = append(out, waiting{request: it.ID, callID: n.PartID, label: string(it.Label), name: it.Name})
			}
		}
	}
	return out
}
