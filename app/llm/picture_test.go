package llm_test

import (
	"encoding/base64"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
)

// What a program drew comes with what it wrote, and becomes files. Nothing is fetched
// for it, and the item stays as it came.
func TestPicturesOfAProgram(t *testing.T) {
	in := func(content string) string { return base64.StdEncoding.EncodeToString([]byte(content)) }
	type file struct{ Name, MediaType, Content, Says string }
	for _, tt := range []struct {
		name    string
		outputs string
		text    string
		want    []file
	}{
		{"one", `[{"type":"image","url":"data:image/png;base64,` + in("a chart") + `"}]`, "The program drew a picture.", []file{{"picture-1.png", "image/png", "a chart", ""}}},
		{"two, and words, one of them twice", `[{"type":"logs","logs":"1\n"},{"type":"image","url":"data:image/jpeg;base64,` + in("x") + `"},{"type":"image","url":"data:image/webp;q=1;base64,` + in("y") + `"},{"type":"image","url":"data:image/jpeg;base64,` + in("x") + `"}]`, "1", []file{
			{"picture-1.jpg", "image/jpeg", "x", ""}, {"picture-2.webp", "image/webp", "y", ""},
		}},
		{"not encoded", `[{"type":"image","url":"data:image/svg+xml,%3Csvg%2F%3E"}]`, "The program drew a picture.", []file{{"picture-1.svg", "image/svg+xml", "<svg/>", ""}}},
		{"broken", `[{"type":"image","url":"data:image/png;base64,???"}]`, "The program drew a picture.", []file{{"picture-1.png", "image/png", "", "It is not a picture."}}},
		{"a page", `[{"type":"image","url":"data:text/html;base64,` + in("<script>") + `"}]`, "The program drew a picture.", nil},
		{"elsewhere", `[{"type":"image","url":"http://169.254.169.254/x.png"},{"type":"image"}]`, "The program drew a picture.", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			item := `{"id":"ci_1","type":"code_interpreter_call","status":"completed","code":"plot()","container_id":"cntr_1","outputs":` + tt.outputs + `}`
			chunks, err := over(t, llm.APIResponses, streams(`{"type":"response.output_item.done","output_index":0,"item":`+item+`}`, completed))
			if err != nil {
				t.Fatal(err)
			}
			var got []file
			var text string
			for _, c := range chunks {
				switch c := c.(type) {
				case chat.FileChunk:
					f := file{Name: c.Name, MediaType: c.MediaType}
					if content, err := read(t.Context(), c); err != nil {
						f.Says = chat.MessageOf(err)
					} else {
						f.Content = string(content)
					}
					if c.CallID != "ci_1" {
						t.Errorf("%s is of %q", c.Name, c.CallID)
					}
					got = append(got, f)
				case chat.HostedResult:
					text = c.Result.Text
				case chat.ItemDone:
					if diff := cmp.Diff(json.RawMessage(item), c.Raw); diff != "" {
						t.Errorf("the item (-want +got):\n%s", diff)
					}
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || text != tt.text {
				t.Errorf("says %q; files (-want +got):\n%s", text, diff)
			}
		})
	}
}
