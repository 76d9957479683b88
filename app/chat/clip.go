package chat

import (
	"encoding/json"
	"fmt"
)

// clipped returns rows as a message and a model have them: whole, but for rows that alone
// are as long as what a model reads at once. Their long cells, which may be documents, have
// a beginning and say how long they are; the API has all of them. It says whether there
// were such.
func (t Table) clipped(l Limits) (Table, bool) {
	most := l.ViewBytes * 3 / 4 // the rest may be words before the rows
	cut := false
	rows := make([][]any, len(t.Rows))
	for i, row := range t.Rows {
		// The JSON is as long as the line of text, or longer.
		if data, err := json.Marshal(row); err != nil || len(data) > most {
			row, cut = clipRow(row, max(most/6/len(row), 16)), true
		}
		rows[i] = row
	}
	t.Rows = rows
	return t, cut
}

// clipRow returns a row of which each cell is at most about that many bytes.
func clipRow(row []any, most int) []any {
	out := make([]any, len(row))
	for i, cell := range row {
		if text := cellText(cell); cell != nil && len(text) > most {
			cell = fmt.Sprintf("%s… [cut here, of %d bytes]", headOf(text, most), len(text))
		}
		out[i] = cell
	}
	return out
}
