package northwind

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// The names of the tools.
const (
	listTablesName    = "list_tables"
	describeTableName = "describe_table"
	readQueryName     = "read_query"
	explainQueryName  = "explain_query"
	findValuesName    = "find_values"
	queryExamplesName = "get_query_examples"
	whoamiName        = "whoami"
	updateName        = "update"
)

// toolNames returns the names of all tools, those included that only some servers have.
func toolNames() []string {
	return []string{listTablesName, describeTableName, readQueryName, explainQueryName, findValuesName, queryExamplesName, whoamiName, updateName}
}

// Rights says which tools a server offers, to anybody. What is left out can be neither seen nor called, nor can the
// resources and prompts that show or need the same. The zero value leaves out nothing.
type Rights struct {
	allow []string // nil is all
	deny  []string
}

// ParseRights returns the rights to the tools that are allowed, or to all if none are named, without those that are
// denied. Blanks around names and empty names do not count, but a list of nothing else is refused: whoever wrote it meant
// something. The error is one sentence for whoever configures.
func ParseRights(allow, deny []string) (Rights, error) {
	r := Rights{allow: names(allow), deny: names(deny)}
	for _, list := range []struct {
		flag         string
		given, names []string
	}{{"--allow-tools", allow, r.allow}, {"--deny-tools", deny, r.deny}} {
		if len(list.given) > 0 && list.names == nil {
			return Rights{}, fmt.Errorf("%s names no tool", list.flag)
		}
		for _, name := range list.names {
			if !slices.Contains(toolNames(), name) {
				return Rights{}, fmt.Errorf("%s: there is no tool %q; the tools are %s", list.flag, name, strings.Join(toolNames(), ", "))
			}
		}
	}
	if !slices.ContainsFunc(toolNames(), r.offers) {
		return Rights{}, errors.New("--allow-tools and --deny-tools leave no tool to offer")
	}
	return r, nil
}

func names(list []string) []string {
	var out []string
	for _, name := range list {
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// offers reports whether the server may have this tool.
func (r Rights) offers(tool string) bool {
	return (r.allow == nil || slices.Contains(r.allow, tool)) && !slices.Contains(r.deny, tool)
}

// leaves reports whether there is a tool that a server offers, which is behind a gateway or not, and demonstrates writing
// or not.
func (r Rights) leaves(identified, demo bool) bool {
	return slices.ContainsFunc(toolNames(), func(tool string) bool {
		return r.offers(tool) && (tool != whoamiName || identified) && (tool != updateName || demo)
	})
}

// lacking returns the first of the tools that is left out, or "".
func (r Rights) lacking(tools ...string) string {
	for _, tool := range tools {
		if !r.offers(tool) {
			return tool
		}
	}
	return ""
}
