package northwind

import (
	"bytes"
	"io"
	"runtime"
	"testing"
)

// TestAnnouncedBodiesTakeNoRoom reads bodies that break off after they announced the most that is read.
func TestAnnouncedBodiesTakeNoRoom(t *testing.T) {
	const bodies = 100
	r := post(t, "", listCall)
	taken := func() uint64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.TotalAlloc
	}
	before := taken()
	for range bodies {
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader([]byte("{"))), maxBody
		readEnvelope(r)
	}
	if each := (taken() - before) / bodies; each > maxBody/4 {
		t.Errorf("each of them took %d bytes", each)
	}
}
