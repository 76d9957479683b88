package pomerium_test

import (
	"testing"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

// BenchmarkVerify measures what identity costs each request once the keys are here.
func BenchmarkVerify(b *testing.B) {
	for _, alg := range []string{"ES256", "RS256"} {
		b.Run(alg, func(b *testing.B) {
			g := pomeriumtest.New(b)
			g.RotateKey(alg)
			v := newVerifier(b, g.InProcess())
			assertion := g.Assertion(host)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := v.Verify(b.Context(), assertion); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("forged", func(b *testing.B) {
		g := pomeriumtest.New(b)
		v := newVerifier(b, g.InProcess())
		assertion := g.Assertion(host, pomeriumtest.SignedByStranger("ES256"))
		b.ReportAllocs()
		for b.Loop() {
			if who, err := v.Verify(b.Context(), assertion); err == nil {
				b.Fatalf("accepted %v", who)
			}
		}
	})
}
