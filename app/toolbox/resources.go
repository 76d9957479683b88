package toolbox

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
)

// What is listed of one server at most.
const (
	maxResources     = 500
	maxTemplates     = 100
	maxResourcePages = 50
)

// offered is what a server offers to read, or why that is not known.
type offered struct {
	list chat.ResourceList
	err  error
	at   time.Time
}

// Resources implements chat.Resources. What was listed is remembered for the caller like a
// status, a failure is not. It takes no longer than Config.Patience, and as much for the list
// of servers.
func (t *Toolbox) Resources(ctx context.Context, c chat.Caller, id string) (chat.ResourceList, error) {
	s, err := t.find(ctx, c, id)
	if err != nil {
		return chat.ResourceList{}, err
	}
	found, err := t.resources.get(ctx, keyOf(c, s),
		func(o offered) bool { return o.err == nil && time.Since(o.at) < t.cfg.Memory },
		func(ctx context.Context, _ offered) (o offered) {
			o.err = t.visit(ctx, c, s, visit{op: "list resources", limit: t.cfg.Patience, do: func(ctx context.Context, conn *session) (err error) {
				o.list, err = conn.offers(ctx)
				return err
			}})
			o.at = time.Now()
			return o
		})
	if err != nil {
		return chat.ResourceList{}, fmt.Errorf("list resources: %w", err)
	}
	return found.list, found.err
}

// ReadResource implements chat.Resources. The texts of a resource in several pieces are
// joined. It takes no longer than Config.Patience, and as much for the list of servers; of a
// text above Config.MaxOutput it returns the beginning.
func (t *Toolbox) ReadResource(ctx context.Context, c chat.Caller, id, uri string) (chat.ResourceText, error) {
	s, err := t.find(ctx, c, id)
	if err != nil {
		return chat.ResourceText{}, err
	}
	out := chat.ResourceText{Server: s.id, ServerName: s.name, URI: uri}
	err = t.visit(ctx, c, s, visit{op: "read resource", limit: t.cfg.Patience, do: func(ctx context.Context, conn *session) error {
		read, err := conn.ReadResource(ctx, &mcp.ReadResourceParams{URI: uri})
		if err != nil {
			return fmt.Errorf("read resource: %w", err)
		}
		return fill(&out, read.Contents)
	}})
	if err != nil {
		return chat.ResourceText{}, err
	}
	out.Size = len(out.Text)
	out.Text = beginning(out.Text, t.cfg.MaxOutput)
	return out, nil
}

// offers lists what there is to read. A server that knows nothing of resources has none.
func (s *session) offers(ctx context.Context) (chat.ResourceList, error) {
	list := chat.ResourceList{Resources: []chat.Resource{}, Templates: []chat.ResourceTemplate{}}
	if caps := s.InitializeResult().Capabilities; caps == nil || caps.Resources == nil {
		return list, nil
	}
	more, err := paged(func(cursor string) (string, bool, error) {
		page, err := s.ListResources(ctx, &mcp.ListResourcesParams{Cursor: cursor})
		if err != nil {
			return "", false, fmt.Errorf("list resources: %w", err)
		}
		for _, r := range page.Resources {
			list.Resources = append(list.Resources, chat.Resource{
				URI: r.URI, Title: brief(cmp.Or(r.Title, r.Name, r.URI)), Description: brief(r.Description),
				MediaType: brief(r.MIMEType), Size: max(r.Size, 0),
			})
		}
		return page.NextCursor, len(list.Resources) >= maxResources, nil
	})
	if err != nil {
		return list, err
	}
	list.Resources, list.More = list.Resources[:min(len(list.Resources), maxResources)], more
	more, err = paged(func(cursor string) (string, bool, error) {
		page, err := s.ListResourceTemplates(ctx, &mcp.ListResourceTemplatesParams{Cursor: cursor})
		if err != nil {
			return "", false, fmt.Errorf("list resource templates: %w", err)
		}
		for _, r := range page.ResourceTemplates {
			list.Templates = append(list.Templates, chat.ResourceTemplate{
				Template: r.URITemplate, Title: brief(cmp.Or(r.Title, r.Name, r.URITemplate)), Description: brief(r.Description),
				MediaType: brief(r.MIMEType),
			})
		}
		return page.NextCursor, len(list.Templates) >= maxTemplates, nil
	})
	list.Templates, list.More = list.Templates[:min(len(list.Templates), maxTemplates)], list.More || more
	if rpc, ok := errors.AsType[*jsonrpc.Error](err); ok && rpc.Code == jsonrpc.CodeMethodNotFound {
		err = nil // it has resources, and no templates
	}
	return list, err
}

// paged asks for page after page, until there is none more or enough. It reports whether
// something was left out.
func paged(ask func(cursor string) (next string, enough bool, err error)) (more bool, err error) {
	cursor := ""
	for range maxResourcePages {
		next, enough, err := ask(cursor)
		if err != nil {
			return false, err
		}
		if next == "" || enough {
			return next != "", nil
		}
		cursor = next
	}
	return true, nil
}

// fill puts the texts of what was read into out. What is no text is refused by its name and
// kind, since neither a person nor a model could read it as one.
func fill(out *chat.ResourceText, contents []*mcp.ResourceContents) error {
	var texts []string
	for _, one := range contents {
		if len(one.Blob) > 0 || !utf8.ValidString(one.Text) || strings.ContainsRune(one.Text, 0) {
			return &chat.Error{
				Kind: chat.KindInvalid, Op: "read resource",
				Message: fmt.Sprintf("%s is no text but %s, and only text can be read here.", brief(cmp.Or(one.URI, out.URI)), cmp.Or(brief(one.MIMEType), "binary data")),
			}
		}
		texts = append(texts, one.Text)
		out.MediaType = cmp.Or(out.MediaType, brief(one.MIMEType))
	}
	out.Text = strings.Join(texts, "\n\n")
	return nil
}
