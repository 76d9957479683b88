package chattest

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/pomerium/pomchat/app/chat"
)

// Offer makes the server offer a text to read; not while others use the toolbox.
func (b *Toolbox) Offer(uri, text string) {
	if b.texts == nil {
		b.texts = map[string]string{}
	}
	b.texts[uri] = text
}

// Resources implements chat.Resources.
func (b *Toolbox) Resources(ctx context.Context, c chat.Caller, server string) (chat.ResourceList, error) {
	list := chat.ResourceList{Resources: []chat.Resource{}, Templates: []chat.ResourceTemplate{}}
	if _, err := b.Server(ctx, c, server); err != nil {
		return list, err
	}
	for _, uri := range slices.Sorted(maps.Keys(b.texts)) {
		list.Resources = append(list.Resources, chat.Resource{URI: uri, Title: uri, MediaType: "text/markdown"})
	}
	return list, nil
}

// ReadResource implements chat.Resources.
func (b *Toolbox) ReadResource(ctx context.Context, c chat.Caller, server, uri string) (chat.ResourceText, error) {
	if _, err := b.Server(ctx, c, server); err != nil {
		return chat.ResourceText{}, err
	}
	text, ok := b.texts[uri]
	if !ok {
		return chat.ResourceText{}, &chat.Error{Kind: chat.KindInvalid, Op: "read resource", Message: fmt.Sprintf("Desk refused: There is no %s.", uri)}
	}
	return chat.ResourceText{Server: "desk", ServerName: "Desk", URI: uri, MediaType: "text/markdown", Text: text, Size: len(text)}, nil
}
