package web

import (
	"context"
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/pomerium/pomchat/app/chat"
)

func (s *server) fileRoutes(api huma.API) {
	endpoint(s, api, huma.Operation{
		OperationID: "getFile", Method: http.MethodGet, Path: "/api/files/{id}", Errors: []int{http.StatusNotFound},
		Summary: "A file that a tool made",
		Responses: map[string]*huma.Response{"200": {
			Description: "The file, to be saved and never to be shown as a page.",
			Content:     map[string]*huma.MediaType{"application/octet-stream": {}},
		}},
	}, s.getFile)
}

type fileIn struct {
	ID string `path:"id" maxLength:"100"`
}

// fileOut is a file that a browser saves. What a model wrote must never run on this
// origin, so it goes out as bytes, whatever it says that it is; images excepted, which
// run nothing and which the page shows.
type fileOut struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	CacheControl       string `header:"Cache-Control"`
	SecurityPolicy     string `header:"Content-Security-Policy"`
	Body               []byte
}

func (s *server) getFile(ctx context.Context, c chat.Caller, in *fileIn) (*fileOut, error) {
	f, err := s.Files.File(ctx, c.Subject, in.ID)
	if err != nil {
		return nil, err
	}
	return &fileOut{
		ContentType:        safeType(f.MediaType),
		ContentDisposition: mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}),
		CacheControl:       "private, max-age=31536000, immutable",
		SecurityPolicy:     "sandbox; default-src 'none'",
		Body:               f.Content,
	}, nil
}

// safeType returns a media type that no browser runs.
func safeType(mediaType string) string {
	switch mediaType {
	case "image/png", "image/jpeg", "image/gif", "image/webp", "text/csv", "application/json":
		return mediaType
	default:
		return "application/octet-stream"
	}
}
