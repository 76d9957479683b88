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
)

const (
	sqlPattern      = `(?is)^(?:select\s|values\s*\(|explain\s+(?:query\s+plan\s+)?(?:select|with|values)\b|with\s+(?:recursive\s+)?\S.*\bas\s*(?:(?:not\s+)?materialized\s*)?\()`
	englishPattern  = `(?i)^select\s+(?:the|me|our|all\s+the)\b[^*()=;"]*$`
	fencePattern    = "(?s)^```(?:sql)?\\s*\\n(.*?)\\n?```$"
	describePattern = `(?i)^(?:please\s+)?(?:describe|(?:show|list|what are|which are)?\s*(?:me\s+)?(?:the\s+)?(?:columns|schema|structure|fields)\s+(?:of|in|for))\s+(?:the\s+)?(?:table\s+)?(.+?)(?:\s+table)?\s*[?.!]*$`
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
	words := folds(s)
	switch {
	case isHelp(words):
		return intent{kind: asksHelp}
	case isTables(words):
		return intent{kind: asksTables}
	}
	for _, pattern := range []string{columnsPattern, describePattern} {
		if m := regexp.MustCompile(pattern).FindStringSubmatch(s); m != nil && len(folds(m[1])) <= 5 && !strings.Contains(m[1], "\n") {
			return intent{kind: asksTable, argument: strings.Trim(m[1], " \t\"'`“”[]")}
		}
	}
	return intent{kind: asksFigures}
}

// isHelp reports whether words are a greeting, thanks, or a question about the guide.
func isHelp(words []string) bool {
	switch strings.Join(words, " ") {
	case "", "help", "help me", "what can you do", "what can you do for me", "what can i ask", "what can i ask you", "what do you know",
		"what can you answer", "what can i do here", "how does this work", "how do you work", "who are you", "what are you", "are you an ai", "are you ai", "are you a bot",
		"are you human", "are you chatgpt", "which model are you", "what model are you", "how can you help", "how can you help me",
		"can you help me", "can you help", "examples", "show examples", "show me examples", "show me some examples", "give me examples", "good morning", "good afternoon", "good evening",
		"how are you", "whats up", "thank you", "thank you very much", "many thanks", "thanks a lot", "test":
		return true
	}
	return len(words) <= 4 && !slices.ContainsFunc(words, func(w string) bool {
		return !slices.Contains([]string{"hi", "hello", "hey", "there", "help", "please", "thanks", "ok", "cool", "great", "nice", "bye", "guide"}, w)
	})
}

// isTables reports whether words ask for the list of tables.
func isTables(words []string) bool {
	subject := slices.ContainsFunc(words, func(w string) bool { return w == "tables" || w == "schema" })
	return subject && !slices.ContainsFunc(words, func(w string) bool {
		return !slices.Contains(strings.Fields("tables schema show list what which are there the all me in of database db northwind do you have we is give us please available exist can i see query its overview your our"), w)
	})
}
