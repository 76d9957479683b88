package llm

import (
	"fmt"
	"net/http"
	"sync"

	"github.com/pomerium/pomchat/app/chat"
)

// API is the interface of a provider that requests are sent to.
type API string

// The interfaces.
const (
	// APIAuto is Responses, unless a compatible server turns out not to have it.
	APIAuto API = "auto"
	// APIResponses is https://platform.openai.com/docs/api-reference/responses.
	APIResponses API = "responses"
	// APIChat is Chat Completions, https://platform.openai.com/docs/api-reference/chat.
	APIChat API = "chat"
)

// apiChoice is the API of one provider: set by its administrator, or found out by
// the first request and then remembered for the life of the process. It is safe
// for concurrent use.
type apiChoice struct {
	mu    sync.Mutex
	known API // APIAuto while it is not
}

// newAPIChoice returns the choice for a setting. OpenAI and Azure have Responses,
// and some of their models cannot call tools by Chat Completions.
func newAPIChoice(set API, f flavour) (*apiChoice, error) {
	switch set {
	case "", APIAuto:
		if f != compatible {
			return &apiChoice{known: APIResponses}, nil
		}
		return &apiChoice{known: APIAuto}, nil
	case APIResponses, APIChat:
		return &apiChoice{known: set}, nil
	default:
		return nil, fmt.Errorf("the API of the model provider must be %s, %s or %s, not %q", APIAuto, APIResponses, APIChat, set)
	}
}

func (a *apiChoice) get() API {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.known
}

// found notes that the provider has answered by api.
func (a *apiChoice) found(api API) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.known == APIAuto {
		a.known = api
	}
}

// notOffered reports whether a reply failed because the provider lacks the API
// that it was asked by, rather than for any other reason.
func notOffered(err error) bool {
	f, ok := failureIn(err)
	return ok && (f.unheard || chat.KindOf(err) == chat.KindProtocol && lacksRoute(f.status))
}

// lacksRoute reports whether a status says that there is no such address.
func lacksRoute(status int) bool {
	return status == http.StatusNotFound || status == http.StatusMethodNotAllowed || status == http.StatusNotImplemented
}
