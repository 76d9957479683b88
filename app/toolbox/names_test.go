package toolbox

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCallName(t *testing.T) {
	for _, tt := range []struct {
		name, server, tool, want string
	}{
		{"plain names are joined", "northwind", "query", "northwind__query"},
		{"what is allowed stays", "a-b_c", "x__y-Z9_", "a-b_c__x__y-Z9_"},
		{"a dot gives way, and the hash tells it from an underscore", "gh", "issues.list", "gh__issues_list_35d262e8"},
		{"so do a server's dots", "gh.example.com", "query", "gh_example_com__query_7356089d"},
		{"so do other scripts", "gh", "größe", "gh__gr__e_0da0592c"},
		{"a long name is cut", "gh", strings.Repeat("long", 20), "gh__" + strings.Repeat("long", 12) + "lon_d5bcba93"},
		{"of a long server the tool's own name stays", strings.Repeat("corp-", 11) + "com", "describe_table", strings.Repeat("corp-", 7) + "corp__describe_table_10bbcbd7"},
		{"of two long names something stays of both", strings.Repeat("corp-", 11) + "com", strings.Repeat("describe_", 6), "corp-corp-corp-corp-__" + "describe_describe_describe_descri_c684b6ef"},
		{"what reads like a cut one is not plain", "gh", "issues_list_35d262e8", "gh__issues_list_35d262e8_0e77c38d"},
		{"one of 64 is not", "gh", strings.Repeat("x", 60), "gh__" + strings.Repeat("x", 60)},
		{"a server's own separator is no separator", "a__b", "c", "a__b__c_a92700ce"},
		{"nor is an underscore at its end", "a_", "b", "a___b_a00766a3"},
		{"a tool without a name has one", "gh", "", "gh___4882f943"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, callName(tt.server, tt.tool)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCallNamesDiffer(t *testing.T) {
	servers := []string{"a", "a_", "a__", "_a", "a.b", "a_b", "a__b", "a-b", "ä"}
	tools := []string{"b_c_83a09f6f", "b_c_83a09f6f_00000000", "", "_", "__", "b", "_b", "b__c", "b.c", "b_c", "b c", "ü", strings.Repeat("b", 70), strings.Repeat("b", 71)}
	allowed := regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	whose := map[string][2]string{}
	for _, server := range servers {
		for _, tool := range tools {
			name := callName(server, tool)
			// Who can reckon the hash may call a tool of theirs so.
			own := strings.TrimPrefix(name, server+"__")
			if own != tool && callName(server, own) == name {
				t.Errorf("%q and %q of %q are both called %q", tool, own, server, name)
			}
			if !allowed.MatchString(name) {
				t.Errorf("%q of %q is called %q", tool, server, name)
			}
			if other, taken := whose[name]; taken {
				t.Errorf("%q is %q and %q", name, other, [2]string{server, tool})
			}
			whose[name] = [2]string{server, tool}
		}
	}
}
