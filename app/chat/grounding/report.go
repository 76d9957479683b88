package grounding

// Table is the rows that one call returned.
type Table struct {
	Call    string   // id of the call
	Number  int      // how people and the model name the call in this thread, from 1
	Columns []string // names, in order
	Rows    [][]any  // cells as encoding/json decodes them with UseNumber: nil, bool, json.Number, string
	Total   int      // number of rows of the whole result, if Rows holds only some of them; else 0
}

// Kind says how a figure follows from the data.
type Kind string

// The kinds of derivation.
const (
	Cell       Kind = "cell"       // it is a cell
	Total      Kind = "total"      // the sum of a column over all rows, or over the rows named
	Average    Kind = "average"    // the mean of a column over all rows, or a year's cell by its months or quarters
	Count      Kind = "count"      // the number of rows, of all or of the rows named
	Share      Kind = "share"      // a part, as a percentage of a whole
	Difference Kind = "difference" // a cell less another
	Ratio      Kind = "ratio"      // a cell divided by another
	Growth     Kind = "growth"     // the change from a cell to another, as a percentage of that
	Given      Kind = "given"      // no row has it, but the texts that were given have, or it is worked out from such figures
)

// Verdict is what became of a citation that a model wrote.
type Verdict string

// The verdicts.
const (
	Right  Verdict = "right"  // the figure follows from the rows cited
	Wrong  Verdict = "wrong"  // it does not, or there are no such rows
	Absent Verdict = "absent" // the model cited nothing
)

// Source is rows of one call.
type Source struct {
	Call   string `json:"call" doc:"Id of the call."`
	Number int    `json:"number" doc:"Number of the call in this thread, from 1."`
	Rows   []int  `json:"rows" doc:"Indexes of rows, from 0; null stands for all rows."`
	Column int    `json:"column" doc:"Index of the column, from 0; -1 where rows are meant as such."`
}

// Mark is a figure of the text that follows from the data, or a day of a row that the sentence
// names. Start and End are offsets
// in UTF-16 code units, as JavaScript counts, and include sign, currency and unit:
// text.slice(start, end) is Text.
//
// Sources of a cell, a total, an average or a count are equally good places for the
// same value, five at most. Those of a share, a ratio, a difference or a growth are its two
// operands: the part and the whole, the minuend and the subtrahend, the new value and the old.
type Mark struct {
	Start    int      `json:"start"`
	End      int      `json:"end"`
	Text     string   `json:"text"`
	Kind     Kind     `json:"kind" enum:"cell,total,average,count,share,difference,ratio,growth,given"`
	Rounded  bool     `json:"rounded" doc:"The data are more precise."`
	Rescaled bool     `json:"rescaled" doc:"The data are in another scale, such as units for millions or a fraction for percent."`
	Weak     bool     `json:"weak" doc:"The text speaks of other rows, or so few digits match by chance and little else points to these."`
	Astray   bool     `json:"astray,omitempty" doc:"Weak for the first of these reasons: the value is right, but not that of what the text speaks of."`
	Sources  []Source `json:"sources"`
	Cited    Verdict  `json:"cited" enum:"right,wrong,absent"`
}

// Figure is a figure of the text, or a day said of a row, to which no row could be tied. Offsets
// are as in Mark.
type Figure struct {
	Start int     `json:"start"`
	End   int     `json:"end"`
	Text  string  `json:"text"`
	Cited Verdict `json:"cited" enum:"right,wrong,absent"`
}

// Citation is one that the model wrote, in the syntax of Instructions. Offsets are
// as in Mark and include the brackets, so that a page can show a link in its place.
type Citation struct {
	Start   int      `json:"start"`
	End     int      `json:"end"`
	Text    string   `json:"text"`
	Sources []Source `json:"sources" doc:"The cited rows, as far as there are such; the first hundred."`
	Verdict Verdict  `json:"verdict" enum:"right,wrong"`
	Problem Problem  `json:"problem,omitempty" enum:"no-rows,no-figure,elsewhere,not-found"`
}

// Problem says what is wrong with a citation.
type Problem string

// The problems of citations.
const (
	NoRows    Problem = "no-rows"   // there is no such call, or no such row in it
	NoFigure  Problem = "no-figure" // no figure stands before it
	Elsewhere Problem = "elsewhere" // the figure follows from other rows
	NotFound  Problem = "not-found" // the figure follows from no rows
)

// Report is what Check found, each list in the order of the text.
type Report struct {
	Marks     []Mark     `json:"marks"`
	NotFound  []Figure   `json:"notFound"`
	Citations []Citation `json:"citations"`
	Partial   bool       `json:"partial" doc:"The text or the tables were too large to look at as a whole."`
}

// Limits of what Check looks at. What lies beyond is left out and told by Partial.
const (
	maxText      = 256 << 10 // bytes
	maxCells     = 200_000
	maxFigures   = 1_000
	maxCitations = 1_000
	maxSources   = 5
	maxListed    = 100 // rows of a citation that are listed
)

// Check finds the figures of text, an answer in Markdown, and tells where each
// comes from in tables, the results of the calls that the answer rests on. Figures that
// stand in one of the given texts, such as the person's question, are no inventions even
// where no row has them ("orders above 10,000"); neither is what an operator makes of two figures of the
// first of them, which is the question.
//
// It changes nothing, is deterministic, and is safe for concurrent use. With no
// tables every figure is one that was not found, but for given ones.
func Check(text string, tables []Table, given ...string) Report {
	d := read(text)
	x := newIndex(tables)
	x.name(d)
	c := checker{doc: d, index: x}
	c.take(given)
	c.run()
	r := c.report()
	r.Partial = d.cut || x.cut
	return r
}
