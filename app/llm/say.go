package llm

import (
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// say emits more text of an item, with a blank line between its pieces. Some
// servers tell reasoning twice, in full and as a summary: the first form stays.
func (a *assembler) say(it *item, piece int, source, delta string) {
	if delta == "" || it.kind == typeReasoning && it.source != "" && it.source != source {
		return
	}
	begins := it.said.Len()
	if piece != it.piece && begins > 0 {
		delta, begins = blankLine+delta, begins+len(blankLine)
	}
	it.begin(piece, begins)
	it.piece, it.source = piece, source
	it.said.add(delta)
	if it.kind == typeReasoning {
		a.send(chat.ReasoningChunk{ID: it.partID, Delta: delta})
		return
	}
	kind := it.textKind
	if source == eventRefusal {
		kind = chat.Refusal
	}
	a.send(chat.TextChunk{ID: it.textID(kind, a.out), Delta: delta, Kind: kind})
}

// cite emits a source or a file that a message names, once.
func (a *assembler) cite(it *item, piece int, note *annotation) {
	if it.cited[note.key()] {
		return
	}
	if it.cited == nil {
		it.cited = map[string]bool{}
	}
	it.cited[note.key()] = true
	if note.Type == "container_file_citation" {
		a.file(note)
	} else if source, ok := note.source(it.partID, it.pieceText(piece), it.unitsBefore(piece)); ok {
		a.send(source)
	}
}

// file emits a file, once, as one that the newest program of its container made.
func (a *assembler) file(note *annotation) {
	callID := ""
	for _, it := range a.items {
		if it.kind == typeProgram && (it.container == note.Container || callID == "") {
			callID = it.partID
		}
	}
	if chunk, ok := a.client.fileOf(a.request, callID, note.Container, note.File, note.Filename); ok && !a.out.taken[note.File] {
		a.out.taken[note.File] = true
		a.send(chunk)
	}
}

// finishText emits the rest of a text, and what it cites.
func (a *assembler) finishText(it *item, raw outputItem) {
	if it.textKind == "" && it.said.Len() == 0 {
		it.textKind = kindOfPhase(raw.Phase)
	}
	rest, ok := it.said.cut(raw.text())
	if !ok && it.said.keeps {
		// A secret that came in pieces is blotted out of the whole.
		rest, ok = strings.CutPrefix(raw.text(), a.client.hide.All(it.said.String()))
	}
	if ok {
		source := it.source
		if source == "" && raw.refuses() {
			source = eventRefusal
		}
		a.say(it, it.piece, source, rest)
	}
	offset := 0 // of the piece, in bytes of the text
	for i, piece := range raw.Content {
		if text := piece.Text + piece.Refusal; text != "" {
			it.begin(i, offset)
			offset += len(text) + len(blankLine)
		}
		for _, note := range piece.Annotations {
			if note := parseAnnotation(note); note != nil {
				a.cite(it, i, note)
			}
		}
	}
}

// leftovers emits the files that the programs of this reply made and no text named.
func (a *assembler) leftovers(r *response) {
	if r == nil || !r.Created.known {
		return
	}
	asked := map[string]bool{}
	for _, it := range a.items {
		if it.kind != typeProgram || asked[it.container] || !isID(it.container) {
			continue
		}
		asked[it.container] = true
		for _, f := range a.client.filesIn(a.request, it.container, r.Created.value) {
			a.file(&annotation{Container: it.container, File: f.ID, Filename: f.Path})
		}
	}
}
