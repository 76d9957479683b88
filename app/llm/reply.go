package llm

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

const opReply = "stream reply"

// Reply implements chat.Provider. Each range over the sequence is a request of
// its own. If ctx ends, the error wraps ctx's; all others are *chat.Error.
func (c *Client) Reply(ctx context.Context, p chat.Prompt) iter.Seq2[chat.Chunk, error] {
	return func(yield func(chat.Chunk, error) bool) {
		out := newEmitter(p.Path, func(ch chat.Chunk) bool { return yield(ch, nil) })
		err := c.reply(ctx, p, out)
		out.finish()
		if out.left || err == nil {
			return
		}
		if ctx.Err() != nil {
			err = fmt.Errorf("%s of %s: %w", opReply, c.provider, ctx.Err())
		}
		yield(nil, err)
	}
}

// reply asks by the API that the provider is known to have. If that is not known,
// Responses is tried first.
func (c *Client) reply(ctx context.Context, p chat.Prompt, out *emitter) error {
	p.Model = cmp.Or(p.Model, c.fallback)
	switch api := c.api.get(); api {
	case APIResponses, APIChat:
		return c.askAround(ctx, p, api, out)
	default:
		err := c.askAround(ctx, p, APIResponses, out)
		if !notOffered(err) {
			return err
		}
		return c.askAround(ctx, p, APIChat, out)
	}
}

// askAround asks without the remote servers that the provider cannot use: one bad
// server ends no answer. One that is found out when the answer has begun does.
func (c *Client) askAround(ctx context.Context, p chat.Prompt, api API, out *emitter) error {
	if len(p.Remote) > 0 && (api == APIChat || !c.offers(RemoteMCP)) {
		for _, s := range p.Remote {
			out.send(chat.RemoteFailed{Server: s.ID, Reason: fmt.Sprintf("%s cannot call MCP servers itself.", c.provider)})
		}
		p.Remote = nil
	}
	for {
		err := c.knowing(p.Remote).ask(ctx, p, api, out)
		bad, ok := errors.AsType[*listFailed](err)
		switch {
		case !ok:
			return err
		case out.spoke || out.left:
			return bad.err
		}
		out.send(chat.RemoteFailed{Server: bad.server.ID, Reason: bad.err.Message})
		p.Remote = slices.DeleteFunc(slices.Clone(p.Remote), func(s chat.RemoteServer) bool { return s.ID == bad.server.ID })
	}
}

// knowing returns a client for a request that hands servers' tokens to the provider,
// in the query of their URLs perhaps: they are blotted out of all that comes back, as the key is.
func (c *Client) knowing(servers []chat.RemoteServer) *Client {
	if len(servers) == 0 {
		return c
	}
	own := *c
	own.servers = labelServers(servers)
	tokens := []chat.Token{c.key}
	for _, s := range servers {
		tokens = append(tokens, s.Token)
		tokens = append(tokens, secretsIn(s.URL)...)
	}
	own.hide = newRedactor(tokens...)
	own.redact = func(s string) string { return own.hide.all(c.redact(s)) }
	return &own
}

// ask makes one request, and hands its reply to out.
func (c *Client) ask(ctx context.Context, p chat.Prompt, api API, out *emitter) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	dog := newWatchdog(c.idle, func() { cancel(errIdle) })
	defer dog.rest()

	out.begin(c.hide)
	dog.watch()
	resp, err := c.open(ctx, p, api)
	dog.rest()
	if err != nil {
		return err
	}
	resp.Body = dog.guard(resp.Body)
	defer resp.Body.Close()
	r := &reading{client: c, api: api, model: p.Model, id: c.redact(requestID(resp)), dog: dog}
	if api == APIChat {
		r.dialect = newAccumulator(out)
	} else {
		r.dialect = &assembler{out: out, client: c, request: ctx, servers: c.servers, waiting: waitingCalls(p.Path, c.provider, p.Model)}
	}
	return r.read(ctx, resp, out)
}

// shortestInQuery is how long a value in a URL's query must be to be taken for a secret:
// a shorter one may be any word.
const shortestInQuery = 8

// secretsIn returns the values in the query of a URL, as they stand there.
func secretsIn(address string) (secrets []chat.Token) {
	_, query, _ := strings.Cut(address, "?")
	for pair := range strings.SplitSeq(query, "&") {
		_, value, named := strings.Cut(pair, "=")
		if !named {
			value = pair
		}
		if len(value) >= shortestInQuery {
			secrets = append(secrets, chat.NewToken(value))
		}
	}
	return secrets
}
