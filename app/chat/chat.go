// Package chat is the core of pomchat: threads, messages, events and the
// engine that turns a question into an answer with the help of a model and of
// the tools of MCP servers.
//
// Everything the engine needs is an interface that this package states and
// others implement: a Provider streams a model's reply, a Toolbox opens tools,
// a Journal remembers runs. The package imports the standard library only.
//
// One vocabulary serves storage, wire and screen. The engine emits Events;
// Apply folds events into a Message, and the browser folds the very same
// events in the very same way.
package chat

import (
	"cmp"
	"crypto/rand"
	"strings"
	"time"
)

// Subject is the stable id of a person, as their identity provider asserts it
// (the "sub" claim). All data belongs to exactly one subject.
type Subject string

// Identity says who is asking. Subject is never empty; the other fields may be.
type Identity struct {
	Subject Subject
	Name    string
	Email   string
	Groups  []string // as the identity provider has them
	Picture string   // https URL of a portrait, which only the server may fetch
}

// called is what a person is known by to others: their e-mail address, or else their name.
func (i Identity) called() string { return cmp.Or(i.Email, i.Name) }

// person is who asks, as their questions remember it; nil if that is nobody by name.
func (i Identity) person() *Person {
	if i.called() == "" {
		return nil
	}
	return &Person{Name: i.Name, Email: i.Email}
}

// Caller is an identity together with the token that came with the request at
// hand. It is passed as an argument wherever something is done for somebody.
type Caller struct {
	Identity
	Token   Token
	TokenAt time.Time // when the token came; zero if there is none
}

// NewID returns a fresh, opaque, unguessable id such as "run_k3…" with 130
// random bits. It is safe for concurrent use.
func NewID(prefix string) string {
	return prefix + "_" + strings.ToLower(rand.Text())
}
