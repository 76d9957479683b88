package pomerium

import "net/http"

// AssertionAlias is another name of [AssertionHeader], which some descriptions of
// Pomerium use. Pomerium does not remove it, so it proves no more than its signature.
const AssertionAlias = "X-Pomerium-Assertion"

// AssertionOf returns the assertion in the headers of a request, to be verified; empty
// if there is none. The error, [ErrInvalid], says that there are several, or that the
// two headers differ.
func AssertionOf(h http.Header) (string, error) {
	found := ""
	for _, name := range []string{AssertionHeader, AssertionAlias} {
		values := h.Values(name)
		switch {
		case len(values) > 1:
			return "", refuse("there are several in headers %s", name)
		case len(values) == 0 || values[0] == "":
		case found != "" && found != values[0]:
			return "", refuse("the headers %s and %s differ", AssertionHeader, AssertionAlias)
		default:
			found = values[0]
		}
	}
	return found, nil
}
