package web

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/pomerium/pomchat/app/chat"
)

func (s *server) resultRoutes(api huma.API) {
	endpoint(s, api, huma.Operation{
		OperationID: "getResult", Method: http.MethodGet, Path: "/api/results/{id}", Errors: []int{http.StatusNotFound},
		Summary: "A page of what a tool gave back: rows, if it is a table, and else its text",
	}, s.getResult)
	endpoint(s, api, huma.Operation{
		OperationID: "getResultCSV", Method: http.MethodGet, Path: "/api/results/{id}/csv", Errors: []int{http.StatusNotFound, http.StatusUnprocessableEntity},
		Summary: "All rows of a result; also as /api/results/{id}.csv",
		Responses: map[string]*huma.Response{"200": {
			Description: "CSV (RFC 4180), to be saved.", Content: map[string]*huma.MediaType{"text/csv": {}},
		}},
	}, s.getCSV)
}

type resultIn struct {
	ID     string `path:"id" maxLength:"100"`
	Offset int    `query:"offset" minimum:"0" doc:"Rows to pass over."`
	Limit  int    `query:"limit" minimum:"1" maximum:"10000" default:"1000" doc:"Most rows of the page."`
}

func (s *server) getResult(ctx context.Context, c chat.Caller, in *resultIn) (*body[ResultPage], error) {
	kept, err := s.Results.Result(ctx, c.Subject, in.ID)
	if err != nil {
		return nil, err
	}
	page := ResultPage{ID: kept.ID, Tool: kept.Tool, Columns: []chat.Column{}, Rows: [][]any{}, Offset: in.Offset, At: kept.At}
	table, ok := chat.Rows(kept.Output)
	if !ok {
		page.Text = kept.Output.Text
		return &body[ResultPage]{page}, nil
	}
	page.Columns, page.Total, page.Kept = table.Columns, table.Total, len(table.Rows)
	from := min(in.Offset, len(table.Rows))
	page.Rows = table.Rows[from:min(from+in.Limit, len(table.Rows))]
	return &body[ResultPage]{page}, nil
}

func (s *server) getCSV(ctx context.Context, c chat.Caller, in *struct {
	ID string `path:"id" maxLength:"100"`
},
) (*huma.StreamResponse, error) {
	kept, err := s.Results.Result(ctx, c.Subject, in.ID)
	if err != nil {
		return nil, err
	}
	table, ok := chat.Rows(kept.Output)
	if !ok {
		return nil, &chat.Error{Kind: chat.KindInvalid, Op: "export result", Message: "This result is no table."}
	}
	name := mime.FormatMediaType("attachment", map[string]string{"filename": kept.Tool.Tool + ".csv"})
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", "text/csv; charset=utf-8")
		hc.SetHeader("Content-Disposition", name)
		hc.SetHeader("Cache-Control", "private, no-store")
		_, w := humago.Unwrap(hc)
		// Without a byte order mark spreadsheets take UTF-8 for something older.
		if _, err := w.Write([]byte("\uFEFF")); err != nil {
			return
		}
		out := csv.NewWriter(w)
		out.UseCRLF = true
		// A write fails only if the client has left, who is told nothing then.
		_ = writeTable(out, table)
	}}, nil
}

func writeTable(out *csv.Writer, t chat.Table) error {
	record := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		record[i] = harmless(c.Name)
	}
	if err := out.Write(record); err != nil {
		return fmt.Errorf("write the head: %w", err)
	}
	for _, row := range t.Rows {
		for i, cell := range row {
			record[i] = csvCell(cell)
		}
		if err := out.Write(record); err != nil {
			return fmt.Errorf("write a row: %w", err)
		}
	}
	out.Flush()
	return out.Error()
}

func csvCell(cell any) string {
	switch c := cell.(type) {
	case nil:
		return ""
	case bool:
		return strconv.FormatBool(c)
	case json.Number:
		return c.String()
	case string:
		return harmless(c)
	default:
		return fmt.Sprint(c)
	}
}

// harmless keeps a spreadsheet from taking a text for a formula, which could send the
// data around it away: it gets an apostrophe, which spreadsheets do not show.
//
// Source: https://owasp.org/www-community/attacks/CSV_Injection
func harmless(text string) string {
	if text == "" || !strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return text
	}
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return text
	}
	return "'" + text
}

// csvNames lets a client ask for /api/results/ID.csv, which reads better than
// /api/results/ID/csv and names the file where nobody else does.
func csvNames(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id, ok := strings.CutPrefix(r.URL.Path, "/api/results/")
		if id, csv := strings.CutSuffix(id, ".csv"); ok && csv {
			r = r.Clone(r.Context())
			r.URL.Path, r.URL.RawPath = "/api/results/"+id+"/csv", ""
		}
		next.ServeHTTP(w, r)
	})
}
