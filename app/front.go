package app

import (
	"context"
	"fmt"
	"net/http"

	"github.com/pomerium/pomchat/app/pomerium"
	"github.com/pomerium/pomchat/app/toolbox"
	"github.com/pomerium/pomchat/app/web"
)

// front is what differs between the two modes: who is asking, and which servers there
// are.
type front struct {
	gateway  web.Gateway
	upstream web.Upstream // nil standalone
	tools    *toolbox.Toolbox
}

// front opens the mode that the flags say.
func (s *Serve) front(ctx context.Context, env Surroundings) (*front, error) {
	if s.BehindGateway() {
		client, err := pomerium.NewClient(s.PomeriumCA)
		if err != nil {
			return nil, fmt.Errorf("--pomerium-ca: %w", err)
		}
		return s.behindPomerium(ctx, env, client)
	}
	tools, err := s.toolbox(env)
	if err != nil {
		return nil, err
	}
	return &front{gateway: localGateway{user: localUser()}, tools: tools}, nil
}

// BehindGateway reports whether the flags say that Pomerium is in front. The servers
// are then those of its routes, and none inside the process.
func (s *Serve) BehindGateway() bool { return s.PublicURL != "" }

// behindPomerium lets in whom Pomerium vouches for, and offers the servers that it
// lists to each of them. The client comes from pomerium.NewClient.
func (s *Serve) behindPomerium(ctx context.Context, env Surroundings, client *http.Client) (*front, error) {
	public, err := pomerium.ParsePublicURL(s.PublicURL)
	if err != nil {
		return nil, fmt.Errorf("--public-url: %w", err)
	}
	verifier, err := pomerium.NewVerifier(ctx, public, client, env.Log)
	if err != nil {
		return nil, fmt.Errorf("--public-url: %w", err)
	}
	gateway, err := pomerium.NewGateway(public, client, env.Log)
	if err != nil {
		return nil, fmt.Errorf("--public-url: %w", err)
	}
	cfg := toolbox.Config{
		Version: env.Version, Directory: directory{gateway}, Beside: public.String(), MaxOutput: maxResult,
		Trusted: s.Trust, RemoteByProvider: s.RemoteTools, AlwaysAsk: s.AlwaysAsk, Log: env.Log,
	}
	if transport, ok := client.Transport.(*http.Transport); ok {
		cfg.Transport = transport.Clone() // streams take longer than the client allows
	}
	tools, err := toolbox.New(s.Budget.withLimits(cfg))
	if err != nil {
		return nil, fmt.Errorf("--public-url: %w", err)
	}
	return &front{
		gateway:  &pomeriumGateway{public: public, verifier: verifier, log: env.Log},
		upstream: upstream{public: public, tools: tools, pictures: pomerium.NewPictures(client), log: env.Log},
		tools:    tools,
	}, nil
}
