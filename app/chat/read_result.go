package chat

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// readResultName is the name of the engine's own tool that reads on in a result.
const readResultName = "read_result"

// resultReader is the tool read_result. Models get it where a result was cut.
func resultReader() Tool {
	return Tool{
		ToolRef:     ToolRef{Name: readResultName, ServerName: ownName, Tool: readResultName, Title: "Read more of a result"},
		Description: "Reads on in a result that was cut: rows of a table from an offset on, or bytes of a text. To sum up or filter many rows, query the source again instead.",
		Schema: json.RawMessage(`{"type":"object","properties":{"result":{"type":"string","description":"id of the result, as its end says"},` +
			`"offset":{"type":"integer","minimum":0,"description":"rows, or bytes of a text, to pass over"},` +
			`"limit":{"type":"integer","minimum":1,"description":"most rows"}},"required":["result"],"additionalProperties":false}`),
		ReadOnly: true, Trusted: true,
	}
}

// wasCut reports whether a path holds a result that was cut and is kept.
func wasCut(path []Message) bool {
	return slices.ContainsFunc(path, func(m Message) bool {
		return slices.ContainsFunc(m.calls(), func(p ToolPart) bool { return p.Output != nil && p.Output.Truncated && p.Output.ResultID != "" })
	})
}

// readResult carries out read_result, on results of this thread alone.
func (t *turn) readResult(ctx context.Context, arguments json.RawMessage) (ToolResult, error) {
	in := struct {
		Result        string
		Offset, Limit int
	}{Limit: t.engine.EngineConfig.Limits.ViewRows}
	if err := json.Unmarshal(arguments, &in); err != nil || in.Result == "" || in.Offset < 0 || in.Limit < 1 {
		return ToolResult{IsError: true, Text: `Name the result and where to read on: {"result": "res_…", "offset": 100}.`}, nil
	}
	kept, err := t.engine.Results.Result(ctx, t.caller.Subject, in.Result)
	if KindOf(err) == KindNotFound || err == nil && kept.ThreadID != t.run.ThreadID {
		return ToolResult{IsError: true, Text: fmt.Sprintf("There is no result %q in this thread, or it is not kept any more. Call the tool again that gave it.", in.Result)}, nil
	}
	if err != nil {
		return ToolResult{}, err
	}
	if table, ok := Rows(kept.Output); ok {
		return table.page(in.Result, in.Offset, in.Limit, t.engine.EngineConfig.Limits), nil
	}
	return textPage(wholeText(kept.Output), in.Result, in.Offset, t.engine.EngineConfig.Limits), nil
}

// page returns rows of a table from an offset on.
func (t Table) page(id string, offset, limit int, l Limits) ToolResult {
	part := t
	part.Rows = t.Rows[min(offset, len(t.Rows)):]
	part.Rows = part.Rows[:min(len(part.Rows), limit, l.ViewRows)]
	if len(part.Rows) == 0 && len(t.Rows) < t.Total && offset < t.Total {
		return ToolResult{Text: fmt.Sprintf("The result has %d rows, of which the first %d are kept. Ask the tool itself for the others.", t.Total, len(t.Rows))}
	}
	if len(part.Rows) == 0 {
		return ToolResult{Text: fmt.Sprintf("The result has %d rows; there are none from %d on.", t.Total, offset)}
	}
	part, _ = part.clipped(l)
	text, n := part.text(0, l.ViewBytes)
	part.Rows = part.Rows[:n]
	r := ToolResult{Text: fmt.Sprintf("Rows %d to %d of %d\n%s", offset+1, offset+n, t.Total, text), Structured: part.grid(), RowCount: &n}
	if offset+n < len(t.Rows) {
		r.Text += more(id, fmt.Sprintf("rows %d to %d of %d", offset+1, offset+n, t.Total), offset+n)
	}
	return r
}

// textPage returns a part of a text from a byte on.
func textPage(text, id string, offset int, l Limits) ToolResult {
	if offset >= len(text) {
		return ToolResult{Text: fmt.Sprintf("The result has %d bytes; there are none from %d on.", len(text), offset)}
	}
	for offset > 0 && text[offset]&0xC0 == 0x80 { // in the middle of a character
		offset--
	}
	part := headOf(text[offset:], l.ViewBytes)
	end := offset + len(part)
	if end < len(text) {
		part += more(id, fmt.Sprintf("bytes %d to %d of %d", offset+1, end, len(text)), end)
	}
	return ToolResult{Text: part}
}
