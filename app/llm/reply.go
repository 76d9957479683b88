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
		err := c.inquire(&p, out).run(ctx)
		out.finish()
		if err != nil && !out.left {
			yield(nil, c.cutShort(ctx, err))
		}
	}
}

// cutShort returns the error of a reply: ctx's, if that has ended.
func (c *Client) cutShort(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%s of %s: %w", opReply, c.provider, ctx.Err())
	}
	return err
}

// inquiry is the way of a prompt to its reply: as many requests as it takes. While a
// reply is written its goroutine waits beneath run, so there is little on the stack.
type inquiry struct {
	client *Client
	prompt chat.Prompt
	api    API
	sure   bool // the provider is known to have that API
	out    *emitter
}

// inquire asks by the API that the provider is known to have. If that is not known,
// Responses is tried first.
func (c *Client) inquire(p *chat.Prompt, out *emitter) *inquiry {
	q := &inquiry{client: c, prompt: *p, api: APIResponses, out: out}
	q.prompt.Model = cmp.Or(p.Model, c.fallback)
	if api := c.api.get(); api == APIResponses || api == APIChat {
		q.api, q.sure = api, true
	}
	return q
}

func (q *inquiry) run(ctx context.Context) error {
	for {
		if err := q.ask(ctx); !q.mayAskAgain(err) {
			return plainly(err)
		}
	}
}

// ask makes one request, and hands its reply to out.
func (q *inquiry) ask(ctx context.Context) error {
	r, err := q.open(ctx)
	if err != nil {
		return err
	}
	defer r.close()
	if media, is := isNoStream(r.resp); is {
		return r.readWhole(media)
	}
	return r.read()
}

// mayAskAgain reports whether what a request came to is no end: it goes on without a
// remote server that the provider cannot use, since one bad server ends no answer unless
// it is found out when the answer has begun; or by the other API.
func (q *inquiry) mayAskAgain(err error) bool {
	if err == nil || q.out.spoke || q.out.left {
		return false
	}
	if bad, ok := errors.AsType[*listFailed](err); ok {
		q.without(bad.server, bad.err.Message)
		return true
	}
	if !q.sure && notOffered(err) {
		q.api, q.sure = APIChat, true
		return true
	}
	return false
}

// forget lets go of the prompt: it will not be asked again.
func (q *inquiry) forget() { q.prompt = chat.Prompt{} }

// plainly returns err without what only this file knows.
func plainly(err error) error {
	if bad, ok := errors.AsType[*listFailed](err); ok {
		return bad.err
	}
	return err
}

// without leaves out a remote server, and tells why.
func (q *inquiry) without(s chat.RemoteServer, why string) {
	q.out.send(chat.RemoteFailed{Server: s.ID, Reason: why})
	q.prompt.Remote = slices.DeleteFunc(slices.Clone(q.prompt.Remote), func(one chat.RemoteServer) bool { return one.ID == s.ID })
}

// open makes one request and returns its reply, to be read and closed.
func (q *inquiry) open(ctx context.Context) (*reading, error) {
	if q.api == APIChat || !q.client.offers(RemoteMCP) {
		for _, s := range q.prompt.Remote {
			q.without(s, fmt.Sprintf("%s cannot call MCP servers itself.", q.client.provider))
		}
	}
	c := q.client.knowing(q.prompt.Remote)
	ctx, cancel := context.WithCancelCause(ctx)
	dog := newWatchdog(c.idle, func() { cancel(errIdle) })

	q.out.begin(c.hide)
	dog.watch()
	resp, err := c.open(ctx, q.prompt, q.api)
	dog.rest()
	if err != nil {
		cancel(nil)
		return nil, err
	}
	resp.Request = nil // with the prompt, which is not to be kept for as long as the reply takes
	resp.Body = dog.guard(resp.Body)
	r := &reading{ctx: ctx, cancel: cancel, client: c, api: q.api, model: q.prompt.Model, id: c.redact(requestID(resp)), dog: dog, resp: resp, out: q.out, forget: q.forget}
	if q.api == APIChat {
		r.dialect = newAccumulator(q.out)
	} else {
		r.dialect = &assembler{
			out: q.out, client: c, request: ctx, servers: c.servers, cites: len(c.servers) > 0 || len(q.prompt.Hosted) > 0,
			waiting: waitingCalls(q.prompt.Path, c.provider, q.prompt.Model),
		}
	}
	return r, nil
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
		_, query, _ := strings.Cut(s.URL, "?")
		tokens = append(tokens, chat.SecretsIn(query, shortestInQuery)...)
	}
	own.hide = chat.NewRedactor(tokens...)
	own.redact = func(s string) string { return own.hide.All(c.redact(s)) }
	return &own
}

// shortestInQuery is how long a value in a URL's query must be to be taken for a secret:
// a shorter one may be any word.
const shortestInQuery = 8
