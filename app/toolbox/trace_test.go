package toolbox

import (
	"context"
	"errors"
	"testing"
)

// What was seen of a request is not overwritten by an older one whose answer is still
// being read, or was given up.
func TestTheTraceTellsOfTheLastRequest(t *testing.T) {
	late := errors.New("context canceled")
	for _, tt := range []struct {
		name string
		do   func(first, second func(sight))
		want sight
	}{
		{"in order", func(first, second func(sight)) { first(sight{status: 200}); second(sight{status: 502}) }, sight{status: 502}},
		{"the first is given up later", func(first, second func(sight)) {
			first(sight{status: 200})
			second(sight{status: 502})
			first(sight{err: late})
		}, sight{status: 502}},
		{"the second breaks off", func(first, second func(sight)) { second(sight{status: 200}); second(sight{err: late}) }, sight{err: late}},
		{"the second has come to nothing yet", func(first, _ func(sight)) { first(sight{status: 401}) }, sight{status: 401}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, tr := withTrace(context.Background())
			tt.do(tr.begin(), tr.begin())
			if got := tr.see(); got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
	t.Run("nobody listens", func(t *testing.T) {
		ctx, tr := withTrace(context.Background())
		traceOf(untraced(ctx)).begin()(sight{err: late})
		if got := tr.see(); got != (sight{}) {
			t.Errorf("got %+v, want nothing", got)
		}
	})
}
