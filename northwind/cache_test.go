package northwind

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// of returns an outcome whose entry, under a key of one byte, takes size bytes.
func of(size int) result {
	return result{reply: reply{text: strings.Repeat("x", size-entryOverhead-1)}}
}

func TestCache(t *testing.T) {
	const capacity = largestShare * 1000
	tests := []struct {
		name  string
		sizes []int // of the entries 0, 1, 2 …, put in this order
		used  []int // entries looked up after all but the last were put
		want  []int // entries that are kept
	}{
		{"keeps what fits", []int{1000, 600, 600}, nil, []int{0, 1, 2}},
		{"keeps no entry over its share", []int{1001, 600}, nil, []int{1}},
		{"keeps as many as fill it", repeat(16, 1000), nil, series(0, 16)},
		{"drops the oldest", repeat(17, 1000), nil, series(1, 17)},
		{"drops those used longest ago", repeat(17, 1000), []int{0, 1}, append([]int{0, 1}, series(3, 17)...)},
		{"drops as many as are needed", append(repeat(26, 601), 1000), nil, series(2, 27)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := newCache[result](capacity)
			last := len(tt.sizes) - 1
			for i, size := range tt.sizes {
				if i == last {
					for _, k := range tt.used {
						c.get(letter(k))
					}
				}
				c.put(letter(i), of(size))
			}
			var got []int
			size := 0
			for i := range tt.sizes {
				if o, ok := c.get(letter(i)); ok {
					got = append(got, i)
					size += tt.sizes[i]
					if diff := cmp.Diff(of(tt.sizes[i]).reply.text, o.reply.text); diff != "" {
						t.Errorf("entry %d (-want +got)\n%s", i, diff)
					}
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("entries kept (-want +got)\n%s", diff)
			}
			if c.size != size || c.recent.Len() != len(got) || len(c.byKey) != len(got) {
				t.Errorf("it counts %d bytes, %d and %d entries; they are %d bytes, %d entries", c.size, c.recent.Len(), len(c.byKey), size, len(got))
			}
		})
	}
}

func TestCacheThatIsOff(t *testing.T) {
	for _, capacity := range []int{-1, 0, 1} {
		c := newCache[result](capacity)
		c.put("k", of(600))
		if _, ok := c.get("k"); ok {
			t.Errorf("a cache of %d bytes keeps an entry", capacity)
		}
	}
}

func TestCacheCountsErrors(t *testing.T) {
	c := newCache[result](largestShare * 1000)
	c.put("k", result{err: errors.New(strings.Repeat("x", 1000))})
	if _, ok := c.get("k"); ok {
		t.Error("an error over the share of an entry is kept")
	}
}

func letter(i int) string { return fmt.Sprintf("%c", 'a'+i) }

func repeat(n, size int) []int {
	sizes := make([]int, n)
	for i := range sizes {
		sizes[i] = size
	}
	return sizes
}

func series(from, to int) []int {
	var s []int
	for i := from; i < to; i++ {
		s = append(s, i)
	}
	return s
}
