package chat

import (
	"fmt"
	"io"
	"log/slog"
	"unique"
)

// Token is a bearer token, or another secret, that cannot print itself: every formatting
// verb, slog and encoding/json show "[redacted]". The zero Token means none.
//
// The secret is behind a handle because fmt does not ask a value in an
// unexported field how to print itself: there it shows the handle's address.
type Token struct{ secret unique.Handle[string] }

const redacted = "[redacted]"

// NewToken wraps a bearer token, without any "Bearer " prefix.
func NewToken(secret string) Token {
	if secret == "" {
		return Token{}
	}
	return Token{unique.Make(secret)}
}

// Reveal returns the secret. Call it only where a request header is written or a
// connection is made.
func (t Token) Reveal() string {
	if t.IsZero() {
		return ""
	}
	return t.secret.Value()
}

// IsZero reports whether there is no token.
func (t Token) IsZero() bool { return t == Token{} }

// String implements fmt.Stringer.
func (Token) String() string { return redacted }

// GoString implements fmt.GoStringer.
func (Token) GoString() string { return redacted }

// Format implements fmt.Formatter, so that no verb reaches the field.
func (Token) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, redacted) }

// LogValue implements slog.LogValuer.
func (Token) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText implements encoding.TextMarshaler, and so covers encoding/json.
func (Token) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// UnmarshalText implements encoding.TextUnmarshaler, so that a flag or an
// environment variable can be a Token.
func (t *Token) UnmarshalText(text []byte) error {
	*t = NewToken(string(text))
	return nil
}
