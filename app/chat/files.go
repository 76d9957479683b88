package chat

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
)

// file keeps a file for its owner. That it cannot be kept is no reason to end the
// answer: it is said in the log of its call.
func (r *reply) file(ctx context.Context, c FileChunk) {
	answer := r.turn.rec.message()
	if c.CallID == "" {
		c.CallID = answer.newestProgram()
		if answer.hasFile(c.CallID, c.Name) {
			return
		}
	}
	if most := r.turn.engine.EngineConfig.Limits.MaxFiles; answer.files() >= most {
		if !r.full {
			r.logFile(c, fmt.Sprintf("An answer can have %d files: %q and what came after it were not kept.", most, c.Name))
		}
		r.full = true
		return
	}
	f, err := r.turn.keepFile(ctx, c)
	if cause := context.Cause(ctx); err != nil && cause != nil {
		err = &Error{Kind: KindInterrupted, Op: "keep file", Message: "the answer ended before it was copied.", Err: cause}
	}
	if err != nil {
		r.turn.engine.Log.LogAttrs(ctx, slog.LevelWarn, "generated file not kept", slog.String("run", r.turn.run.ID), slog.Any("error", err))
		r.logFile(c, fmt.Sprintf("The file %q was not kept: %s", c.Name, MessageOf(err)))
		return
	}
	r.turn.rec.emit(FileMade{
		ID: f.ID, URL: "/api/files/" + f.ID, MediaType: f.MediaType, Name: f.Name, Size: int64(len(f.Content)), CallID: c.CallID,
	})
}

func (r *reply) logFile(c FileChunk, text string) {
	r.turn.rec.emit(ToolLogged{Data: ToolLogData{CallID: c.CallID, ToolLog: ToolLog{Level: "warning", Text: text}}})
}

// newestProgram returns the id of the newest call that can have made a file, empty if there
// is none.
func (m Message) newestProgram() string {
	for _, p := range slices.Backward(m.calls()) {
		if p.Hosted && p.Tool.Name == string(CodeInterpreter) {
			return p.CallID
		}
	}
	return ""
}

// hasFile reports whether a call has made a file of that name.
func (m Message) hasFile(callID, name string) bool {
	return slices.ContainsFunc(m.Parts, func(p Part) bool {
		f, ok := p.(FilePart)
		return ok && f.CallID == callID && f.Name == name
	})
}

// files counts the files of the message.
func (m Message) files() int {
	n := 0
	for _, p := range m.Parts {
		if _, ok := p.(FilePart); ok {
			n++
		}
	}
	return n
}

func (t *turn) keepFile(ctx context.Context, c FileChunk) (File, error) {
	body, err := c.Open(ctx)
	if err != nil {
		return File{}, err
	}
	defer func() { _ = body.Close() }()
	limit := t.engine.EngineConfig.Limits.MaxFile
	content, err := io.ReadAll(io.LimitReader(body, limit+1))
	if _, told := errors.AsType[*Error](err); err != nil && !told {
		err = &Error{Kind: KindProviderDown, Op: "read file", Message: "the connection broke off.", Err: err}
	}
	if err != nil {
		return File{}, err
	}
	if int64(len(content)) > limit {
		return File{}, &Error{Kind: KindTooLarge, Op: "keep file", Message: fmt.Sprintf("it is larger than %d MB.", limit>>20)}
	}
	f := File{
		ID: t.engine.NewID("fil"), ThreadID: t.run.ThreadID, Name: c.Name, MediaType: c.MediaType,
		Content: content, At: t.engine.Now(),
	}
	return f, t.engine.Files.KeepFile(context.WithoutCancel(ctx), t.caller.Subject, f)
}
