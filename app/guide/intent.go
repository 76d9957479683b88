package guide

import (
	"regexp"
	"slices"
	"strings"
)

// intent is what a message wants apart from figures.
type intent struct {
	kind     intentKind
	argument string // a query, or the name of a table
}

type intentKind int

const (
	asksFigures intentKind = iota
	asksHelp
	asksTables
	asksTable
	asksSQL
	asksLastSQL
)

const (
	sqlPattern      = `(?is)^(?:select\s|values\s*\(|explain\s+(?:query\s+plan\s+)?(?:select|with|values)\b|with\s+(?:recursive\s+)?\S.*\bas\s*(?:(?:not\s+)?materialized\s*)?\()`
	englishPattern  = `(?i)^select\s+(?:the|me|our|all\s+the)\b[^*()=;"]*$`
	fencePattern    = "(?s)^```(?:sql)?\\s*\\n(.*?)\\n?```$"
	describePattern = `(?i)^(?:please\s+)?(?:describe|(?:show|list|what are|which are)?\s*(?:me\s+)?(?:the\s+)?(?:columns|schema|structure|fields)\s+(?:of|in|for))\s+(?:the\s+)?(?:table\s+)?(.+?)(?:\s+table)?\s*[?.!]*$`
	orderArgument   = `(?i)^order\b.*\d$` // one order, not the table
	columnsPattern  = `(?i)^(?:what|which)\s+columns\s+(?:does|do|has)\s+(?:the\s+)?(?:table\s+)?(.+?)(?:\s+table)?(?:\s+have|\s+contain)?\s*[?.!]*$`
)

// readIntent tells requests for help, for the schema and ready SQL from questions
// about figures.
func readIntent(s string) intent {
	if m := regexp.MustCompile(fencePattern).FindStringSubmatch(s); m != nil {
		s = strings.TrimSpace(m[1])
	}
	if regexp.MustCompile(sqlPattern).MatchString(s) && !regexp.MustCompile(englishPattern).MatchString(s) {
		return intent{kind: asksSQL, argument: s}
	}
	words := withoutGreeting(folds(s))
	switch {
	case isHelp(words):
		return intent{kind: asksHelp}
	case isTables(words):
		return intent{kind: asksTables}
	case isLastSQL(words):
		return intent{kind: asksLastSQL}
	}
	for _, pattern := range []string{columnsPattern, describePattern} {
		if m := regexp.MustCompile(pattern).FindStringSubmatch(s); m != nil && !regexp.MustCompile(orderArgument).MatchString(m[1]) && len(folds(m[1])) <= 5 && !strings.Contains(m[1], "\n") {
			return intent{kind: asksTable, argument: strings.Trim(m[1], " \t\"'`“”[]")}
		}
	}
	return intent{kind: asksFigures}
}

// isHelp reports whether words, without greetings, are nothing, thanks, or a question
// about the guide.
func isHelp(words []string) bool {
	switch strings.Join(words, " ") {
	case "", "help", "help me", "what can you do", "what else can you do", "what can you do for me", "what can i ask", "what can i ask you", "what can i ask about", "what else can i ask",
		"what should i ask", "what do you know", "what do you do", "what does this do", "what are you for", "what can you answer", "what can you tell me", "what can you tell me about",
		"what questions can i ask", "what questions can i ask you", "what questions can you answer", "which questions can i ask", "which questions can you answer",
		"what kind of questions can i ask", "what kind of questions can i ask you", "what kind of questions can you answer",
		"what can i do here", "what is this", "whats this", "how does this work", "how does it work", "how do you work", "who are you", "what are you", "whats your name", "what is your name",
		"are you an ai", "are you ai", "are you a bot", "are you human", "are you chatgpt", "which model are you", "what model are you", "how can you help", "how can you help me",
		"can you help me", "can you help", "examples", "show examples", "show me examples", "show me some examples", "give me examples",
		"how are you", "how are you doing", "whats up", "nice", "nice to meet you", "thank you", "thank you very much", "many thanks", "thanks a lot", "test":
		return true
	default:
		return false
	}
}

// withoutGreeting returns words without those of a greeting around them.
func withoutGreeting(words []string) []string {
	greets := func(w string) bool {
		return slices.Contains(strings.Fields("hi hello hallo hey hiya howdy yo greetings there dear guide please thanks ok cool great bye"), w)
	}
	for len(words) > 1 && words[0] == "good" && slices.Contains([]string{"day", "morning", "afternoon", "evening"}, words[1]) {
		words = words[2:]
	}
	for len(words) > 0 && greets(words[0]) {
		words = words[1:]
	}
	for len(words) > 0 && greets(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return words
}

// isLastSQL reports whether words ask for the query behind the last answer.
func isLastSQL(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return w == "sql" || w == "query" }) && !slices.ContainsFunc(words, func(w string) bool {
		return !slices.Contains(strings.Fields("sql query the show me give what is was whats which did you use used run ran your that this behind for it please last answer can see i and now of"), w)
	})
}

// isTables reports whether words ask for the list of tables, or what there is to ask
// about.
func isTables(words []string) bool {
	subject := slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains(strings.Fields("tables schema database db data information info northwind"), w)
	})
	return subject && !slices.ContainsFunc(words, func(w string) bool {
		return !slices.Contains(strings.Fields("tables schema database db data information info northwind show list what whats which how many are there the this all any kind "+
			"me in inside of about do does you have has hold holds contain contains store stored we is it give tell us please available exist can i see query know its overview your our describe explain"), w)
	})
}
