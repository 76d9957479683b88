package llm

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// flavour is what may be expected of a server.
type flavour int

const (
	compatible flavour = iota // function tools and little else
	azure                     // OpenAI's models elsewhere
	openAI
)

// host is where a provider lives.
type host struct {
	base    *url.URL
	name    string // host and port, as people know them
	flavour flavour
}

// parseHost reads a base URL. It must be http or https and hold no credentials,
// which would end up in logs.
func parseHost(base string) (host, error) {
	u, err := url.Parse(base)
	if err != nil {
		return host{}, errors.New("the base URL of the model provider cannot be read")
	}
	switch {
	case u.User != nil:
		return host{}, errors.New("the base URL of the model provider must not hold credentials; give the key apart from it")
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return host{}, fmt.Errorf("the base URL of the model provider must look like %s", DefaultBaseURL)
	case u.RawQuery != "" || u.Fragment != "":
		return host{}, errors.New("the base URL of the model provider must end with its path")
	}
	u.Path = strings.TrimRight(u.Path, "/") + "/"
	return host{base: u, name: u.Host, flavour: flavourOf(strings.ToLower(u.Hostname()))}, nil
}

func flavourOf(hostname string) flavour {
	under := func(domain string) bool {
		return hostname == domain || strings.HasSuffix(hostname, "."+domain)
	}
	switch {
	case under("api.openai.com"):
		return openAI
	case under("openai.azure.com"), under("services.ai.azure.com"), under("cognitiveservices.azure.com"):
		return azure
	default:
		return compatible
	}
}

// label is the name of the provider if its administrator gives none.
func (h host) label() string {
	switch h.flavour {
	case openAI:
		return "OpenAI"
	case azure:
		return "Azure OpenAI"
	default:
		return h.name
	}
}
