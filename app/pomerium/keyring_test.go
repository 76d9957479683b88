package pomerium_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/pomerium"
	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

const keysURL = "https://chat.example.com/.well-known/pomerium/jwks.json"

// lasting is a change that keeps an assertion valid for a day.
func lasting() pomeriumtest.Change {
	return pomeriumtest.Claim("exp", time.Now().Add(24*time.Hour).Unix())
}

func check(t *testing.T, when string, want, got outcome) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", when, diff)
	}
}

func checkFetches(t *testing.T, when string, want int, g *pomeriumtest.Gateway) {
	t.Helper()
	if got := g.KeyFetches(); got != want {
		t.Errorf("%s: keys fetched %d times, want %d", when, got, want)
	}
}

func TestPomeriumMayStartLater(t *testing.T) {
	g := pomeriumtest.New(t)
	synctest.Test(t, func(t *testing.T) {
		g.Suffer(pomeriumtest.Down)
		v, log := newLoggingVerifier(t, g.InProcess())
		assertion := g.Assertion(host, lasting())
		refusal := unavailable(`Get "` + keysURL + `": connection refused`)
		check(t, "while Pomerium is away", refusal, verify(t, v, assertion))
		check(t, "and still", refusal, verify(t, v, assertion))
		g.Suffer(0)
		check(t, "once it is there", accepted(ann), verify(t, v, assertion))
		want := `level=WARN msg="the keys of Pomerium cannot be fetched" err="Get \"` + keysURL + `\": connection refused"
level=INFO msg="fetched the keys of Pomerium" kids=[` + g.KeyID() + "]\n"
		if diff := cmp.Diff(want, log.String()); diff != "" {
			t.Errorf("log (-want +got):\n%s", diff)
		}
	})
}

func TestKnownKeysNeedNoNetwork(t *testing.T) {
	g := pomeriumtest.New(t)
	synctest.Test(t, func(t *testing.T) {
		v := newVerifier(t, g.InProcess())
		checkFetches(t, "before anybody asks", 0, g)
		var asking sync.WaitGroup
		for range 50 {
			asking.Go(func() { check(t, "the first to ask", accepted(ann), verify(t, v, g.Assertion(host))) })
		}
		asking.Wait()
		checkFetches(t, "for all who ask first", 1, g)
		time.Sleep(59 * time.Second)
		check(t, "within the minute", accepted(ann), verify(t, v, g.Assertion(host)))
		synctest.Wait()
		checkFetches(t, "within the minute", 1, g)
		g.Suffer(pomeriumtest.Silent)
		time.Sleep(time.Second)
		began := time.Now()
		check(t, "after it", accepted(ann), verify(t, v, g.Assertion(host)))
		if waited := time.Since(began); waited != 0 {
			t.Errorf("waited %v for keys that were known", waited)
		}
	})
}

func TestForgedKeyIDsDoNotHammerPomerium(t *testing.T) {
	g := pomeriumtest.New(t)
	synctest.Test(t, func(t *testing.T) {
		v := newVerifier(t, g.InProcess())
		end := time.Now().Add(20 * time.Second)
		var attackers sync.WaitGroup
		for i := range 30 {
			attackers.Go(func() {
				for n := 0; time.Now().Before(end); n++ {
					id := strconv.Itoa(i) + "-" + strconv.Itoa(n)
					want := refused(`it names the key "` + id + `", which Pomerium does not publish`)
					check(t, "a forged key id", want, verify(t, v, g.Assertion(host, pomeriumtest.Header("kid", id))))
				}
			})
		}
		time.Sleep(7 * time.Second)
		began := time.Now()
		check(t, "a user among the attackers", accepted(ann), verify(t, v, g.Assertion(host)))
		if waited := time.Since(began); waited != 0 {
			t.Errorf("the user waited %v", waited)
		}
		attackers.Wait()
		checkFetches(t, "in 20 seconds, one in two", 11, g)
	})
}

func TestKeysRotate(t *testing.T) {
	g := pomeriumtest.New(t)
	synctest.Test(t, func(t *testing.T) {
		v, log := newLoggingVerifier(t, g.InProcess())
		oldID, old := g.KeyID(), g.Assertion(host, lasting())
		check(t, "the first key", accepted(ann), verify(t, v, old))

		g.RotateKey("RS256")
		newID, new := g.KeyID(), g.Assertion(host, lasting())
		began := time.Now()
		check(t, "a new key, published moments after the fetch", accepted(ann), verify(t, v, new))
		if waited := time.Since(began); waited > 2*time.Second {
			t.Errorf("waited %v for a new key", waited)
		}
		check(t, "the old key, still published", accepted(ann), verify(t, v, old))

		g.DropOldKeys()
		gone := refused(`it names the key "` + oldID + `", which Pomerium does not publish`)
		time.Sleep(60 * time.Second)
		check(t, "a minute later, the new key", accepted(ann), verify(t, v, new))
		synctest.Wait()
		check(t, "and the old key", gone, verify(t, v, old))

		both := strings.Join([]string{min(oldID, newID), max(oldID, newID)}, " ")
		want := ""
		for _, ids := range []string{oldID, both, newID} {
			want += `level=INFO msg="fetched the keys of Pomerium" kids=`
			if ids == both {
				want += `"[` + ids + "]\"\n"
			} else {
				want += "[" + ids + "]\n"
			}
		}
		if diff := cmp.Diff(want, log.String()); diff != "" {
			t.Errorf("log (-want +got):\n%s", diff)
		}
	})
}

func TestDroppedKeysAreNotAcceptedAfterAPause(t *testing.T) {
	g := pomeriumtest.New(t)
	synctest.Test(t, func(t *testing.T) {
		v := newVerifier(t, g.InProcess())
		oldID, old := g.KeyID(), g.Assertion(host, lasting())
		check(t, "the first key", accepted(ann), verify(t, v, old))
		g.RotateKey("ES256")
		g.DropOldKeys()
		time.Sleep(3 * time.Minute)
		check(t, "after three minutes", refused(`it names the key "`+oldID+`", which Pomerium does not publish`), verify(t, v, old))
	})
}

func TestKeysOutliveABreak(t *testing.T) {
	g := pomeriumtest.New(t)
	synctest.Test(t, func(t *testing.T) {
		v, log := newLoggingVerifier(t, g.InProcess())
		assertion := g.Assertion(host, lasting())
		check(t, "at first", accepted(ann), verify(t, v, assertion))
		g.Suffer(pomeriumtest.ServerError)
		for passed := time.Second; passed < 3*time.Minute; passed += time.Second {
			time.Sleep(time.Second)
			check(t, "after "+passed.String(), accepted(ann), verify(t, v, assertion))
		}
		time.Sleep(time.Second)
		broken := unavailable(keysURL + ` answered "500 Internal Server Error" instead of keys`)
		check(t, "after three minutes", broken, verify(t, v, assertion))
		check(t, "an unknown key", broken, verify(t, v, g.Assertion(host, pomeriumtest.Header("kid", "x"))))
		g.Suffer(0)
		check(t, "at last", accepted(ann), verify(t, v, assertion))
		if got := strings.Count(log.String(), "\n"); got != 3 {
			t.Errorf("the log has %d lines, want one for each change:\n%s", got, log)
		}
	})
}

func TestWaitingHonoursTheCaller(t *testing.T) {
	g := pomeriumtest.New(t)
	synctest.Test(t, func(t *testing.T) {
		slow := g.InProcess().Transport
		v := newVerifier(t, &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			select {
			case <-time.After(2 * time.Second):
				return slow.RoundTrip(r)
			case <-r.Context().Done():
				return nil, r.Context().Err()
			}
		})})
		hasty, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		var both sync.WaitGroup
		both.Go(func() {
			got := outcomeOf(v.Verify(hasty, g.Assertion(host)))
			check(t, "who is hasty", unavailable("gave up waiting for them: context deadline exceeded"), got)
			if waited := time.Since(began); waited != time.Second {
				t.Errorf("the hasty one waited %v", waited)
			}
		})
		both.Go(func() {
			check(t, "who is patient", accepted(ann), verify(t, v, g.Assertion(host)))
			if waited := time.Since(began); waited != 2*time.Second {
				t.Errorf("the patient one waited %v", waited)
			}
		})
		both.Wait()
		checkFetches(t, "for both", 1, g)
	})
}

func TestSilenceEndsTheWait(t *testing.T) {
	g := pomeriumtest.New(t)
	synctest.Test(t, func(t *testing.T) {
		g.Suffer(pomeriumtest.Silent)
		v := newVerifier(t, g.InProcess())
		began := time.Now()
		check(t, "while Pomerium is silent", unavailable(`Get "`+keysURL+`": context deadline exceeded`), verify(t, v, g.Assertion(host)))
		if waited := time.Since(began); waited != 5*time.Second {
			t.Errorf("waited %v", waited)
		}
	})
}

func TestFetchesEndWithTheVerifiersContext(t *testing.T) {
	g := pomeriumtest.New(t)
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		url, err := pomerium.ParsePublicURL("https://" + host)
		if err != nil {
			t.Fatal(err)
		}
		log := &logbook{}
		v, err := pomerium.NewVerifier(ctx, url, g.InProcess(), log.logger())
		if err != nil {
			t.Fatal(err)
		}
		g.Suffer(pomeriumtest.Silent)
		began := time.Now()
		time.AfterFunc(time.Second, cancel)
		check(t, "under way", unavailable(`Get "`+keysURL+`": context canceled`), verify(t, v, g.Assertion(host)))
		g.Suffer(0)
		check(t, "afterwards", unavailable("context canceled"), verify(t, v, g.Assertion(host)))
		if took := time.Since(began); took != time.Second {
			t.Errorf("took %v", took)
		}
		checkFetches(t, "afterwards", 0, g)
		if log.String() != "" {
			t.Errorf("logged that it was told to end:\n%s", log)
		}
	})
}

func TestAnswersThatAreNoKeys(t *testing.T) {
	for _, tt := range []struct {
		name    string
		trouble pomeriumtest.Trouble
		want    string
	}{
		{"a page", pomeriumtest.HTML, ` answered "text/html" instead of JSON: is this a host of Pomerium?`},
		{"a redirect, though good keys lie there", pomeriumtest.Redirect, ` answered "302 Found" instead of keys`},
		{"more than can be keys", pomeriumtest.Oversized, " answered more than 262144 bytes"},
		{"a set without keys", pomeriumtest.Empty, " answered a set without keys"},
		{
			"keys for other purposes", pomeriumtest.Unusable,
			" answered 3 keys of which none can be used: one needs a kid, and to be for ES256 or RS256",
		},
		{"an error", pomeriumtest.ServerError, ` answered "500 Internal Server Error" instead of keys`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := pomeriumtest.New(t)
			synctest.Test(t, func(t *testing.T) {
				g.Suffer(tt.trouble)
				v := newVerifier(t, g.InProcess()) // whose own policy would follow redirects
				check(t, "instead of keys", unavailable(keysURL+tt.want), verify(t, v, g.Assertion(host)))
				g.Suffer(0)
				check(t, "with keys", accepted(ann), verify(t, v, g.Assertion(host)))
			})
		})
	}
}

func TestKeysAreAskedForAsJSON(t *testing.T) {
	g := pomeriumtest.New(t)
	type question struct{ Method, URL, Accept string }
	var got []question
	v := newVerifier(t, &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		got = append(got, question{r.Method, r.URL.String(), r.Header.Get("Accept")})
		return g.InProcess().Transport.RoundTrip(r)
	})})
	check(t, "an assertion", accepted(ann), verify(t, v, g.Assertion(host)))
	if diff := cmp.Diff([]question{{"GET", keysURL, "application/json"}}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
