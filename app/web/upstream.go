package web

import (
	"context"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/pomerium/pomchat/app/chat"
)

// Upstream is what a gateway lets people do beyond asking questions. All errors are
// *chat.Error.
type Upstream interface {
	// ConnectURL returns the page at which a person connects the server at that URL,
	// and from which the browser comes back to a path of this site.
	ConnectURL(serverURL, path string) (string, error)
	// Disconnect ends the caller's connection to a server, and tells how it then is.
	// KindNotFound says that the caller has no such server.
	Disconnect(ctx context.Context, c chat.Caller, id string) (chat.Server, error)
	// Logo returns the picture of a server, Portrait that of the caller. KindNotFound
	// says that there is none, or that it cannot be had.
	Logo(ctx context.Context, c chat.Caller, id string) (Picture, error)
	Portrait(ctx context.Context, c chat.Caller) (Picture, error)
}

// Picture is an image, as a browser shall show it.
type Picture struct {
	Type    string // one of pictureTypes
	Content []byte
}

func pictureTypes() []string {
	return []string{"image/png", "image/jpeg", "image/webp", "image/gif", "image/x-icon", "image/svg+xml"}
}

func (s *server) upstreamRoutes(api huma.API) {
	endpoint(s, api, huma.Operation{
		OperationID: "disconnectServer", Method: http.MethodPost, Path: "/api/servers/{id}/disconnect",
		Summary: "Makes the gateway forget your login at a server, and lists its tools anew", Errors: []int{http.StatusNotFound, http.StatusUnprocessableEntity},
	}, s.disconnectServer)
	image := map[string]*huma.Response{"200": {Description: "A picture.", Content: map[string]*huma.MediaType{"image/*": {}}}}
	endpoint(s, api, huma.Operation{
		OperationID: "getServerLogo", Method: http.MethodGet, Path: "/api/servers/{id}/logo",
		Summary: "The picture of a server", Errors: []int{http.StatusNotFound}, Responses: image,
	}, s.serverLogo)
	endpoint(s, api, huma.Operation{
		OperationID: "getPortrait", Method: http.MethodGet, Path: "/api/me/picture",
		Summary: "Your picture", Errors: []int{http.StatusNotFound}, Responses: image,
	}, s.portrait)
}

func (s *server) disconnectServer(ctx context.Context, c chat.Caller, in *serverIn) (*body[Server], error) {
	from, err := localPath(in.From)
	if err != nil {
		return nil, err
	}
	if s.Upstream == nil {
		return nil, &chat.Error{Kind: chat.KindInvalid, Op: "disconnect server", Message: "Servers are connected at a gateway, and there is none here."}
	}
	one, err := s.Upstream.Disconnect(ctx, c, in.ID)
	if err != nil {
		return nil, err
	}
	return s.oneServer(one, from)
}

type logoIn struct {
	ID string `path:"id" maxLength:"200"`
}

func (s *server) serverLogo(ctx context.Context, c chat.Caller, in *logoIn) (*pictureOut, error) {
	return s.show(func(u Upstream) (Picture, error) { return u.Logo(ctx, c, in.ID) })
}

func (s *server) portrait(ctx context.Context, c chat.Caller, _ *struct{}) (*pictureOut, error) {
	return s.show(func(u Upstream) (Picture, error) { return u.Portrait(ctx, c) })
}

// pictureOut is a picture that the page shows. An SVG may hold a script: in the page it
// is not run, and opened by itself it is in a sandbox.
type pictureOut struct {
	ContentType    string `header:"Content-Type"`
	CacheControl   string `header:"Cache-Control"`
	SecurityPolicy string `header:"Content-Security-Policy"`
	Body           []byte
}

func (s *server) show(of func(Upstream) (Picture, error)) (*pictureOut, error) {
	none := &chat.Error{Kind: chat.KindNotFound, Op: "show picture", Message: "There is no such picture."}
	if s.Upstream == nil {
		return nil, none
	}
	p, err := of(s.Upstream)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(pictureTypes(), p.Type) {
		return nil, none
	}
	return &pictureOut{
		ContentType: p.Type, CacheControl: "private, max-age=3600",
		SecurityPolicy: "sandbox; default-src 'none'; style-src 'unsafe-inline'", Body: p.Content,
	}, nil
}

// localPath checks that somebody may be sent there after a visit to another site: it
// is a path of this one, with a query perhaps. Empty stands for the root.
func localPath(from string) (string, error) {
	wrong := &chat.Error{Kind: chat.KindInvalid, Op: "check path", Message: "The page to come back to must be a path of this site, such as /t/1."}
	odd := func(r rune) bool { return r == '\\' || r < ' ' || r == 0x7f }
	u, err := url.Parse(from)
	switch {
	case from == "":
		return "/", nil
	case err != nil, u.Scheme != "", u.Host != "", u.User != nil, u.Opaque != "":
		return "", wrong
	case !strings.HasPrefix(from, "/"), strings.HasPrefix(from, "//"), strings.ContainsFunc(from+u.Path, odd), strings.HasPrefix(u.Path, "//"):
		return "", wrong
	case strings.HasPrefix(path.Clean(u.Path)+"/", gatewayPaths):
		return "", wrong
	}
	return (&url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery}).String(), nil
}

// gatewayPaths are those that Pomerium keeps for itself, signOutPath that of the end of
// a session.
const (
	gatewayPaths = "/.pomerium/"
	signOutPath  = gatewayPaths + "sign_out"
)
