package web

import (
	"html/template"
	"maps"
	"net/http"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// navigates reports whether a browser asks for a page, to show what comes to a person.
func navigates(r *http.Request) bool {
	return r.Method == http.MethodGet && !strings.HasPrefix(r.URL.Path, "/api/") && strings.Contains(r.Header.Get("Accept"), "text/html")
}

// writeRefusal answers who asked for a page with a page: what is wrong, and what there
// is to do about it. It needs nothing but itself, as nothing else is let out either.
func writeRefusal(w http.ResponseWriter, p *Problem) {
	maps.Copy(w.Header(), p.GetHeaders())
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	_ = refusal.Execute(w, struct{ Said, Remedy string }{p.Detail, remedyFor(p.Kind)})
}

// remedyFor says what another look at the same address is called, where it can help.
func remedyFor(kind chat.Kind) string {
	switch kind {
	case chat.KindUnauthenticated:
		return "Sign in again"
	case chat.KindGatewayDown:
		return "Try again"
	default:
		return ""
	}
}

// refusal leads to the address at which it is shown: a link to what was asked for could
// lead to another site.
var refusal = template.Must(template.New("").Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>pomchat</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;margin:20vh auto 0;max-width:34rem;padding:0 1.5rem}h1{font-size:1.125rem}</style>
<main>
<h1>pomchat cannot be opened</h1>
<p>{{.Said}}</p>
{{with .Remedy}}<p><a href="">{{.}}</a></p>
{{end}}</main>
`))
