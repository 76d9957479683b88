package pomeriumtest

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
)

// listed is a server in the list.
type listed struct {
	Name        string `json:"name,omitempty"`
	Description string `json:"description,omitempty"`
	LogoURL     string `json:"logo_url,omitempty"`
	URL         string `json:"url"`
	Connected   bool   `json:"connected"`
	NeedsOAuth  bool   `json:"needs_oauth"`
}

// serveMCP answers below /.pomerium/mcp.
func (v *visit) serveMCP(path string) {
	if v.r.Header.Get("Origin") != "" {
		v.w.Header().Set("Access-Control-Allow-Origin", "*")
	}
	v.w.Header().Set("Vary", "Origin")
	answers, ok := map[string]struct {
		method string
		answer func()
	}{
		"/routes":                {http.MethodGet, v.serveList},
		"/routes/disconnect":     {http.MethodPost, v.disconnect},
		"/connect":               {http.MethodGet, v.connect},
		"/client/oauth/callback": {http.MethodGet, v.finishConnect},
		"/client/metadata.json":  {http.MethodGet, v.serveClientMetadata},
		"/authorize":             {http.MethodGet, v.authorize},
		"/token":                 {http.MethodPost, v.token},
		"/register":              {http.MethodPost, v.register},
		"/revoke":                {}, // advertised, but never answered
	}[path]
	switch {
	case v.r.Method == http.MethodOptions:
		v.w.Header().Set("Access-Control-Allow-Methods", "GET, POST, OPTIONS")
		v.w.Header().Set("Access-Control-Allow-Headers", "authorization, content-type, mcp-protocol-version")
		v.w.WriteHeader(http.StatusNoContent)
	case !ok:
		http.NotFound(v.w, v.r)
	case v.r.Method != answers.method:
		v.w.WriteHeader(http.StatusMethodNotAllowed)
	default:
		answers.answer()
	}
}

// serveList answers with all servers, whether or not the user may use them.
func (v *visit) serveList() {
	if v.g.currentTrouble() == NoList {
		http.Error(v.w, fmt.Sprintf("Internal error. Check logs for request ID: %s", v.id), http.StatusInternalServerError)
		return
	}
	var list struct {
		Servers []listed `json:"servers"`
	}
	for _, rt := range v.g.servers() {
		list.Servers = append(list.Servers, listed{
			rt.Name, rt.Description, rt.LogoURL, v.g.URL(rt.host).String() + rt.MCPServer.Path,
			v.g.connected(v.user(), rt.host), true,
		})
	}
	rand.Shuffle(len(list.Servers), func(i, j int) { list.Servers[i], list.Servers[j] = list.Servers[j], list.Servers[i] })
	v.w.Header().Set("Cache-Control", "no-store, no-cache, must-revalidate, max-age=0")
	v.json(http.StatusOK, list)
}

func (g *Gateway) servers() []*route {
	g.mu.Lock()
	defer g.mu.Unlock()
	var servers []*route
	for _, rt := range g.routes {
		if rt.isServer() {
			servers = append(servers, rt)
		}
	}
	return servers
}

// disconnect forgets the TIs of the user for some servers. Pomerium does not ask
// for a login here, and then does not find the user.
func (v *visit) disconnect() {
	if v.session == nil {
		http.Error(v.w, "internal server error", http.StatusInternalServerError)
		return
	}
	var sent struct {
		Routes []string `json:"routes"`
	}
	switch err := json.NewDecoder(io.LimitReader(v.r.Body, 1<<20)).Decode(&sent); {
	case err != nil:
		http.Error(v.w, "invalid request body", http.StatusBadRequest)
		return
	case len(sent.Routes) == 0:
		http.Error(v.w, "no routes provided", http.StatusBadRequest)
		return
	}
	for _, address := range sent.Routes {
		if u, err := url.Parse(address); err == nil {
			v.g.forget(owner{v.user().Subject, bare(u.Host)})
		}
	}
	v.serveList()
}
