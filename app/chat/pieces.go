package chat

import (
	"encoding/binary"
	"iter"
	"strings"
)

// pieces is the texts of deltas whose numbers follow one another: one text, and how long
// its pieces are, which takes a byte of each.
type pieces struct {
	n     int
	text  strings.Builder
	sizes []byte // in bytes, as varints
	marks []mark // where every so many-th piece begins
}

// markEvery is how many pieces there are from one mark to the next.
const markEvery = 64

// mark is where a piece begins, in the text and in the sizes.
type mark struct{ text, size int32 }

func (p *pieces) add(text string) {
	if p.n%markEvery == 0 {
		p.marks = append(p.marks, mark{int32(p.text.Len()), int32(len(p.sizes))})
	}
	p.text.WriteString(text)
	p.sizes = binary.AppendUvarint(p.sizes, uint64(len(text)))
	p.n++
}

// from returns the pieces from index i on, which share the memory of all.
func (p *pieces) from(i int) iter.Seq[string] {
	return func(yield func(string) bool) {
		if i >= p.n {
			return
		}
		at := p.marks[i/markEvery]
		for k := i / markEvery * markEvery; k < p.n; k++ {
			size, n := binary.Uvarint(p.sizes[at.size:])
			piece := p.text.String()[at.text : at.text+int32(size)]
			at.text, at.size = at.text+int32(size), at.size+int32(n)
			if k >= i && !yield(piece) {
				return
			}
		}
	}
}
