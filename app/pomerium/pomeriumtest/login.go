package pomeriumtest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Where users sign in and out.
const (
	signInPath    = "/.pomerium/sign_in"
	signOutPath   = "/.pomerium/sign_out"
	signedOutPath = "/.pomerium/signed_out"
	callbackPath  = "/.pomerium/callback/"
)

// authenticate returns a URL of the authenticate host.
func (g *Gateway) authenticate(path string) string {
	return g.URL(g.options.AuthenticateHost).JoinPath(path).String()
}

// signInURL leads to the sign-in page, and from there back to what was asked for.
func (g *Gateway) signInURL(r *http.Request) string {
	now := time.Now()
	return g.authenticate(signInPath) + "?" + g.sign(url.Values{
		"pomerium_expiry":       {strconv.FormatInt(now.Add(5*time.Minute).Unix(), 10)},
		"pomerium_idp_id":       {"stand-in"},
		"pomerium_issued":       {strconv.FormatInt(now.Unix(), 10)},
		"pomerium_redirect_uri": {"https://" + r.Host + r.URL.RequestURI()},
	})
}

// sign returns a query that only the gateway can make.
func (g *Gateway) sign(q url.Values) string {
	mac := hmac.New(sha256.New, g.secret)
	_, _ = mac.Write([]byte(q.Encode()))
	q.Set("pomerium_signature", base64.URLEncoding.EncodeToString(mac.Sum(nil)))
	return q.Encode()
}

// signed reports whether a query is one that sign made.
func (g *Gateway) signed(q url.Values) bool {
	got := q.Get("pomerium_signature")
	bare := url.Values{}
	for name, values := range q {
		if name != "pomerium_signature" {
			bare[name] = values
		}
	}
	again, _ := url.ParseQuery(g.sign(bare))
	return got != "" && hmac.Equal([]byte(got), []byte(again.Get("pomerium_signature")))
}

// signIn is the identity provider: it lets one choose who one is, and remembers.
func (v *visit) signIn() {
	q := v.r.URL.Query()
	if !v.g.signed(q) {
		v.refuse(http.StatusBadRequest, "Bad Request")
		return
	}
	session := v.session
	if v.r.Method == http.MethodPost {
		session = nil
		for _, u := range v.g.options.Users {
			if u.Subject == v.r.PostFormValue("user") {
				session = v.g.SignIn(u)
				http.SetCookie(v.w, session.Cookie())
			}
		}
	}
	if session == nil {
		v.page("Sign in", v.g.options.Users, v.r.URL.RequestURI())
		return
	}
	back := must(url.Parse(q.Get("pomerium_redirect_uri"))) // signed
	handover := url.Values{
		"pomerium_redirect_uri":      {back.String()},
		"pomerium_session_encrypted": {v.g.seals.seal(forHandover, session.id, v.g.clock.now().Add(time.Minute))},
	}
	http.Redirect(v.w, v.r, "https://"+back.Host+callbackPath+"?"+v.g.sign(handover), http.StatusFound)
}

// callback gives a host its cookie, and leads to what was first asked for.
func (v *visit) callback() {
	q := v.r.URL.Query()
	id, ok := v.g.seals.open(forHandover, q.Get("pomerium_session_encrypted"), v.g.clock.now())
	session := v.g.session(id)
	if !v.g.signed(q) || !ok || session == nil {
		v.refuse(http.StatusBadRequest, "Bad Request")
		return
	}
	http.SetCookie(v.w, session.Cookie())
	http.Redirect(v.w, v.r, q.Get("pomerium_redirect_uri"), http.StatusFound)
}

// signOut takes the cookie of this host, and leads to the host where the session
// ends for all.
func (v *visit) signOut() {
	v.takeCookie()
	http.Redirect(v.w, v.r, v.g.authenticate(signOutPath)+"?"+v.g.sign(url.Values{}), http.StatusFound)
}

// signOutEverywhere ends the session; for whoever came by another way than signOut,
// only after a question.
func (v *visit) signOutEverywhere() {
	if !v.g.signed(v.r.URL.Query()) {
		v.page("Sign out?", nil, signOutPath+"?"+v.g.sign(url.Values{}))
		return
	}
	if v.session != nil {
		v.session.End()
	}
	v.takeCookie()
	http.Redirect(v.w, v.r, v.g.authenticate(signedOutPath), http.StatusFound)
}

func (v *visit) takeCookie() {
	http.SetCookie(v.w, &http.Cookie{Name: sessionCookie, Path: "/", MaxAge: -1, Secure: true, HttpOnly: true})
}

// serveAccount shows who is signed in.
func (v *visit) serveAccount() {
	title := "Nobody is signed in"
	if v.session != nil {
		title = "Signed in as " + v.user().Name + " (" + v.user().Email + ")"
	}
	v.page(title, nil, signOutPath)
}

// page shows a page of the gateway: a form that goes to the action, with a button
// for each user, or else one to go on; none without an action.
func (v *visit) page(title string, users []User, action string) {
	v.w.Header().Set("Content-Type", "text/html; charset=UTF-8")
	v.w.Header().Set("Cache-Control", "no-store")
	_ = ownPage.Execute(v.w, struct {
		Title, Action string
		Users         []User
	}{title, action, users})
}

var ownPage = template.Must(template.New("").Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>{{.Title}}</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:30rem;padding:0 1rem}button{display:block;font:inherit;margin:.5rem 0;min-height:2.75rem;padding:.5rem 1rem;width:100%}</style>
<main>
<h1>{{.Title}}</h1>
{{if .Action}}<form method="post" action="{{.Action}}">
{{range .Users}}<button name="user" value="{{.Subject}}">{{.Name}} ({{.Email}})</button>
{{else}}<button>Sign out</button>
{{end}}</form>{{end}}
<p>This is a stand-in for Pomerium, for tests and demonstrations.</p>
</main>
`))
