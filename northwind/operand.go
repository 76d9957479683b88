package northwind

import (
	"slices"
	"strconv"
	"strings"
)

// operand is what stands on one side of an operator, as far as its tokens tell: a literal, a parameter, a column or the call
// of a function. The zero value is anything else, such as an expression.
type operand struct {
	kind   operandKind
	text   string  // a literal or a number without its quotes, or the name of a column or function
	table  string  // what stands before the name of a column and its dot
	params bool    // a literal that comes from the parameters
	tokens []token // all of it
}

type operandKind int

const (
	anything operandKind = iota
	numberLiteral
	textLiteral
	nullLiteral
	columnName
	functionCall
)

// expression reads operands from the tokens of a statement.
type expression struct {
	ts     []token
	values map[int]any // of the parameters, by their tokens; of those that are known
}

// express reads a statement with these parameters. None is known if they are told apart by more than their order.
func express(sql string, params []any) expression {
	x := expression{ts: lex(sql), values: map[int]any{}}
	for i, t := range x.ts {
		switch {
		case t.literal || t.quoted:
		case t.text == ":" || t.text == "@" || strings.HasPrefix(t.text, "$"),
			t.text == "?" && i+1 < len(x.ts) && x.ts[i+1].number() && x.ts[i+1].at == t.end:
			return expression{ts: x.ts}
		case t.text == "?" && len(params) > 0:
			x.values[i], params = params[0], params[1:]
		}
	}
	return x
}

// sides returns the operands of the operator at ts[i]. A side is anything if more operators bind it than this one.
func (x expression) sides(i int) (left, right operand) {
	if from := x.start(i); from < i && (from == 0 || !binds(x.ts[from-1])) {
		left = x.operand(from, i)
	}
	if to := x.end(i + 1); to > i+1 && (to == len(x.ts) || !binds(x.ts[to])) {
		right = x.operand(i+1, to)
	}
	return left, right
}

// binds reports whether an operator takes its operands before a comparison does, or names a collation.
func binds(t token) bool {
	if t.quoted || t.literal {
		return false
	}
	switch strings.ToUpper(t.text) {
	case "+", "-", "*", "/", "%", "||", "~", "&", "|", "COLLATE", "->", ".", "OVER", "FILTER":
		return true
	}
	return false
}

// start returns where the operand begins that ends before ts[end], or end if there is none.
func (x expression) start(end int) int {
	if end == 0 {
		return end
	}
	i := end - 1
	switch last := x.ts[i]; {
	case last.is(")"):
		if i += last.span; last.span == 0 || i == 0 || !x.ts[i-1].word() {
			return end
		}
		return i - 1
	case last.word():
		for i >= 2 && x.ts[i-1].is(".") && x.ts[i-2].word() {
			i -= 2
		}
		return i
	case last.literal, last.number(), last.is("?"):
		return i
	}
	return end
}

// end returns where the operand ends that begins at ts[start], or start if there is none.
func (x expression) end(start int) int {
	i := start
	if i < len(x.ts) && (x.ts[i].is("-") || x.ts[i].is("+")) {
		i++
	}
	switch {
	case i == len(x.ts):
		return start
	case x.ts[i].literal && i == start, x.ts[i].number(), x.ts[i].is("?") && i == start:
		return i + 1
	case !x.ts[i].word() || i > start:
		return start
	}
	for i+2 < len(x.ts) && x.ts[i+1].is(".") && x.ts[i+2].word() {
		i += 2
	}
	if i+1 < len(x.ts) && x.ts[i+1].is("(") {
		if i = closing(x.ts, i+1); i == len(x.ts) {
			return start
		}
	}
	return i + 1
}

// operand tells what the tokens from one place to another are.
func (x expression) operand(from, to int) operand {
	o := operand{tokens: x.ts[from:to]}
	first, last := o.tokens[0], o.tokens[len(o.tokens)-1]
	switch {
	case last.literal:
		o.kind, o.text = textLiteral, last.text
	case last.number():
		o.kind, o.text = numberLiteral, last.text
		if first.is("-") {
			o.text = "-" + o.text
		}
	case last.is("?"):
		return x.parameter(from, o)
	case last.is(")"):
		o.kind, o.text = functionCall, strings.ToUpper(first.text)
	case last.is("NULL"):
		o.kind = nullLiteral
	case last.word():
		o.kind, o.text = columnName, last.text
		if len(o.tokens) >= 3 {
			o.table = o.tokens[len(o.tokens)-3].text
		}
	}
	return o
}

// parameter tells what the ? at ts[i] stands for.
func (x expression) parameter(i int, o operand) operand {
	value, ok := x.values[i]
	if !ok {
		return o
	}
	o.params = true
	switch v := value.(type) {
	case nil:
		o.kind = nullLiteral
	case string:
		o.kind, o.text = textLiteral, v
	case int64:
		o.kind, o.text = numberLiteral, strconv.FormatInt(v, 10)
	case float64:
		o.kind, o.text = numberLiteral, strconv.FormatFloat(v, 'g', -1, 64)
	}
	return o
}

// numeric reports whether a text is a number to SQLite.
func numeric(text string) bool {
	_, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	return err == nil
}

// comparison reports whether the token compares.
func comparison(t token) bool {
	return !t.quoted && !t.literal && slices.Contains([]string{"=", "==", "<>", "!=", "<", ">", "<=", ">="}, t.text)
}
