package pomerium_test

import (
	"errors"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/pomerium"
	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

func TestAssertionOf(t *testing.T) {
	const usual, alias = pomerium.AssertionHeader, pomerium.AssertionAlias
	type answer struct {
		Assertion, Err string
		Invalid        bool
	}
	refusal := func(why string) answer {
		return answer{Err: "the identity assertion is not valid: " + why, Invalid: true}
	}
	for _, tt := range []struct {
		name    string
		headers http.Header
		want    answer
	}{
		{"none", http.Header{}, answer{}},
		{"the header of Pomerium", http.Header{usual: {"a"}}, answer{Assertion: "a"}},
		{"its alias", http.Header{alias: {"a"}}, answer{Assertion: "a"}},
		{"both, and the same", http.Header{usual: {"a"}, alias: {"a"}}, answer{Assertion: "a"}},
		{"both, and different", http.Header{usual: {"a"}, alias: {"b"}}, refusal("the headers X-Pomerium-Jwt-Assertion and X-Pomerium-Assertion differ")},
		{"an empty one beside it", http.Header{usual: {""}, alias: {"b"}}, answer{Assertion: "b"}},
		{"the same twice", http.Header{usual: {"a", "a"}}, refusal("there are several in headers X-Pomerium-Jwt-Assertion")},
		{"the alias twice", http.Header{usual: {"a"}, alias: {"a", "b"}}, refusal("there are several in headers X-Pomerium-Assertion")},
		{"what the caller passed along", http.Header{usual + "-For": {"a"}}, answer{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := pomerium.AssertionOf(tt.headers)
			have := answer{Assertion: got, Invalid: errors.Is(err, pomerium.ErrInvalid)}
			if err != nil {
				have.Err = err.Error()
			}
			if diff := cmp.Diff(tt.want, have); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAPortraitIsOptional(t *testing.T) {
	g := pomeriumtest.New(t)
	v := newVerifier(t, g.InProcess())
	for _, tt := range []struct {
		name  string
		claim any
		want  string
	}{
		{"an https URL", "https://pictures.example.com/ann.png", "https://pictures.example.com/ann.png"},
		{"an http one", "http://pictures.example.com/ann.png", ""},
		{"a data URL", "data:image/png;base64,AAAA", ""},
		{"no text", 7, ""},
		{"nothing", nil, ""},
	} {
		want := ann
		want.Picture = tt.want
		got := verify(t, v, g.Assertion(host, pomeriumtest.Claim("picture", tt.claim)))
		if diff := cmp.Diff(accepted(want), got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}
