package pomerium

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"syscall"
	"time"
)

// Pictures fetches logos and portraits, so that no browser has to and nobody learns
// who looks at them. It sends neither tokens nor cookies, follows no redirect, and asks
// two kinds of hosts:
//
//   - the gateway's own, those that the caller names, through the gateway's client,
//     wherever they are;
//   - any others only at public addresses, directly: a proxy could not be told to heed
//     that. The address that is connected to counts, whatever the name resolved to
//     before.
//
// What it fetched, or that it could not, is remembered. It is safe for concurrent use.
type Pictures struct {
	own    *http.Client // for the gateway's own hosts
	public *http.Client

	mu   sync.Mutex
	kept map[pictureKey]*picture
}

type pictureKey struct {
	url string
	own bool
}

// picture is one that is fetched; its fields may be read once done is closed.
type picture struct {
	done  chan struct{}
	image Image
	err   error
	until time.Time
}

const (
	maxKept      = 64 // so at most 16 MiB of pictures
	keepPicture  = time.Hour
	keepFailure  = 5 * time.Minute
	fetchPicture = 5 * time.Second // how long one may take
)

// NewPictures returns one that asks the gateway's own hosts by client, which must come
// from [NewClient].
func NewPictures(client *http.Client) *Pictures {
	own := *client
	own.CheckRedirect = refuseRedirect
	dialer := &net.Dialer{Timeout: fetchPicture, Control: publicOnly}
	return &Pictures{
		own: &own,
		public: &http.Client{CheckRedirect: refuseRedirect, Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSHandshakeTimeout: fetchPicture, ForceAttemptHTTP2: true,
			MaxResponseHeaderBytes: 64 << 10, IdleConnTimeout: 10 * time.Second,
		}},
		kept: map[pictureKey]*picture{},
	}
}

// Fetch returns the picture at an https URL. Own says that its host is one of the
// gateway's.
func (p *Pictures) Fetch(ctx context.Context, address string, own bool) (Image, error) {
	if pictureURL(address) == "" {
		return Image{}, errors.New("fetch a picture: its URL is not an https one")
	}
	found := p.begin(ctx, pictureKey{address, own})
	select {
	case <-found.done:
		return found.image, found.err
	case <-ctx.Done():
		return Image{}, context.Cause(ctx)
	}
}

// begin returns what is remembered, or fetches it for all who want it.
func (p *Pictures) begin(ctx context.Context, key pictureKey) *picture {
	p.mu.Lock()
	defer p.mu.Unlock()
	if old := p.kept[key]; old != nil && (!old.finished() || time.Now().Before(old.until)) {
		return old
	}
	p.makeRoom()
	found := &picture{done: make(chan struct{})}
	p.kept[key] = found
	go func() {
		defer close(found.done)
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), fetchPicture)
		defer cancel()
		found.image, found.err = p.fetch(ctx, key)
		found.until = time.Now().Add(keepPicture)
		if found.err != nil {
			found.err = fmt.Errorf("fetch a picture: %w", found.err)
			found.until = time.Now().Add(keepFailure)
		}
	}()
	return found
}

// makeRoom forgets the picture that is outdated first. The caller holds the lock.
func (p *Pictures) makeRoom() {
	if len(p.kept) < maxKept {
		return
	}
	var oldest pictureKey
	var until time.Time
	for key, one := range p.kept {
		if one.finished() && (until.IsZero() || one.until.Before(until)) {
			oldest, until = key, one.until
		}
	}
	delete(p.kept, oldest)
}

func (p *picture) finished() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

func (p *Pictures) fetch(ctx context.Context, key pictureKey) (Image, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, key.url, nil)
	if err != nil {
		return Image{}, err
	}
	request.Header.Set("Accept", "image/*")
	client := p.public
	if key.own {
		client = p.own
	}
	response, err := client.Do(request)
	if err != nil {
		return Image{}, err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return Image{}, fmt.Errorf("%s answered %q", request.URL.Host, response.Status)
	}
	content, err := io.ReadAll(io.LimitReader(response.Body, maxImage+1))
	if err != nil {
		return Image{}, err
	}
	if len(content) > maxImage {
		return Image{}, fmt.Errorf("it has more than %d bytes", maxImage)
	}
	return recognise(content)
}

// HostOf returns the host of a URL in the form in which it is compared, without the
// port; empty if it cannot be parsed.
func HostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return foldHost(u.Hostname())
}

var errNotPublic = errors.New("its host is at no public address")

// publicOnly is called with each address before it is connected to.
func publicOnly(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || !isPublic(to.Addr()) {
		return errNotPublic
	}
	return nil
}

// special are networks that are not private by [netip.Addr.IsPrivate], but lead to no
// public host, or to any host there is: shared address space, protocol assignments,
// benchmarks, reserved ones; translation to IPv4, Teredo, 6to4, site-local.
//
// Source: https://www.iana.org/assignments/iana-ipv4-special-registry and
// https://www.iana.org/assignments/iana-ipv6-special-registry
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("::/96"), netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("100::/64"),
	netip.MustParsePrefix("2001::/23"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("fec0::/10"),
}

// isPublic reports whether an address is one that anybody on the internet may reach.
func isPublic(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.Zone() != "" {
		return false
	}
	for _, network := range special {
		if network.Contains(a) {
			return false
		}
	}
	return true
}
