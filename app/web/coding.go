package web

import (
	"strconv"
	"strings"
)

// The content codings that a file of the page may be kept in.
const (
	brotli   = "br"
	gzipped  = "gzip"
	identity = "identity"
)

// chooseCoding returns the one of the offered codings that the values of a request's Accept-Encoding
// rate highest, the first of equals. It returns false where they refuse all. The rules are those of RFC 9110,
// section 12.5.3, except that a request without the header, which accepts anything, is answered plainly.
func chooseCoding(accept, offered []string) (string, bool) {
	weights := codingWeights(accept)
	best, most := "", 0.0
	for _, coding := range offered {
		weight, named := weights[coding]
		if !named {
			weight, named = weights["*"]
		}
		if !named && coding == identity {
			weight = unnamedIdentity
		}
		if weight > most {
			best, most = coding, weight
		}
	}
	return best, most > 0
}

// unnamedIdentity is below every weight that can be written, but for none.
const unnamedIdentity = 0.0001

// codingWeights reads an Accept-Encoding. What has no proper weight is as if it were not there.
func codingWeights(accept []string) map[string]float64 {
	weights := map[string]float64{}
	for element := range strings.SplitSeq(strings.Join(accept, ","), ",") {
		coding, parameter, weighted := strings.Cut(element, ";")
		coding = strings.ToLower(strings.TrimSpace(coding))
		if coding == "x-gzip" {
			coding = gzipped
		}
		weight := 1.0
		if weighted {
			name, value, _ := strings.Cut(strings.TrimSpace(parameter), "=")
			parsed, err := strconv.ParseFloat(value, 64)
			if err != nil || !strings.EqualFold(name, "q") || !(parsed >= 0 && parsed <= 1) {
				continue
			}
			weight = parsed
		}
		if coding != "" {
			weights[coding] = weight
		}
	}
	return weights
}

// matchesTag tells whether an If-None-Match names an entity tag, by the weak comparison that
// RFC 9110, section 13.1.2, asks for: a proxy may have weakened ours.
func matchesTag(ifNoneMatch []string, tag string) bool {
	for candidate := range strings.SplitSeq(strings.Join(ifNoneMatch, ","), ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == tag {
			return true
		}
	}
	return false
}
