package chat

import (
	"fmt"
	"io"
	"log/slog"
)

// Token is a bearer token that cannot print itself: every formatting verb,
// slog and encoding/json show "[redacted]". The zero Token means none.
type Token struct{ secret string }

const redacted = "[redacted]"

// NewToken wraps a bearer token, without any "Bearer " prefix.
func NewToken(secret string) Token { return Token{secret} }

// Reveal returns the secret. Call it only where a request header is written.
func (t Token) Reveal() string { return t.secret }

// IsZero reports whether there is no token.
func (t Token) IsZero() bool { return t.secret == "" }

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
	t.secret = string(text)
	return nil
}
