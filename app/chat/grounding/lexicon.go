package grounding

// isSQL reports whether s is a word of SQL that a number may follow.
func isSQL(s string) bool {
	switch s {
	case "SELECT", "WHERE", "HAVING", "LIMIT", "OFFSET", "BETWEEN", "TOP", "FETCH", "ROUND", "THEN", "ELSE":
		return true
	}
	return false
}

// isCoded reports whether s, in lower case, is a word after which a number is a name.
func isCoded(s string) bool {
	switch s {
	case "section", "sections", "chapter", "appendix", "annex", "article", "clause", "paragraph", "version", "release", "build", "port", "status", "error", "errors", "code",
		"figure", "table", "page", "pages", "line", "lines", "slide", "footnote", "issue", "ticket", "address", "color", "colour",
		"abschnitt", "seite", "seiten", "anhang", "fehler", "página", "sección", "versión", "versione", "pagina", "erreur":
		return true
	}
	return false
}

// isNamed reports whether s names what people number: standards, programs, protocols.
func isNamed(s string) bool {
	switch s {
	case "RFC", "ISO", "IEC", "DIN", "EN", "IEEE", "ANSI", "ECMA", "NIST", "FIPS", "IFRS", "SQL", "UTF", "HTTP", "HTTPS", "TLS", "SSL", "OAuth", "IPv", "USB", "HTML", "CSS",
		"OpenAPI", "Python", "Go", "Java", "Node", "Ruby", "Rust", "PHP", "Kotlin", "Swift", "TypeScript", "React", "Vue", "Windows", "macOS", "Linux", "Ubuntu", "Debian",
		"Android", "iOS", "Chrome", "Firefox", "Safari", "Excel", "Office", "Postgres", "PostgreSQL", "MySQL", "SQLite", "Redis", "GPT", "Claude", "Gemini", "Llama":
		return true
	}
	return false
}

// isBrief reports whether s is a measure of computers: of a short time or of memory.
func isBrief(s string) bool {
	switch s {
	case "ms", "µs", "μs", "us", "ns", "msec", "millisecond", "milliseconds", "microseconds", "Millisekunden", "KB", "kB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "bytes", "Bytes", "tokens":
		return true
	}
	return false
}

// isLong reports whether s, in lower case, is a measure of time; isTaking, whether s says that
// something took it.
func isLong(s string) bool {
	switch s {
	case "s", "sec", "secs", "second", "seconds", "minute", "minutes", "min", "sekunden", "minuten", "secondes", "segundos", "secondi":
		return true
	}
	return false
}

func isTaking(s string) bool {
	switch s {
	case "took", "takes", "in", "within", "ran", "lasted", "after", "dauerte", "nach", "duró", "durée":
		return true
	}
	return false
}

// isPhone reports whether s, in lower case, says that a telephone number follows.
func isPhone(s string) bool {
	switch s {
	case "phone", "telephone", "tel", "call", "fax", "dial", "mobile", "cell", "telefon", "handy", "téléphone", "teléfono", "telefono", "whatsapp":
		return true
	}
	return false
}

// isBesideDate reports whether s, in lower case, is a word after which 2/5 is a day.
func isBesideDate(s string) bool {
	switch s {
	case "on", "by", "until", "since", "before", "after", "date", "dated", "am", "vom", "bis", "le", "el", "il":
		return true
	}
	return false
}

// isOf reports whether s, in lower case, stands between a part and its whole; isPart, whether s
// names a part.
func isOf(s string) bool {
	switch s {
	case "of", "von", "des", "der", "de", "du", "del", "di", "van":
		return true
	}
	return false
}

func isPart(s string) bool {
	switch s {
	case "share", "shares", "proportion", "fraction", "portion", "anteil", "quote", "part", "proporción", "cuota", "quota", "aandeel":
		return true
	}
	return false
}

// isRemainder reports whether s, in lower case, says that a figure is of all rows but those named.
func isRemainder(s string) bool {
	switch s {
	case "but", "except", "excluding", "excludes", "without", "rest", "remaining", "remainder", "other", "others", "else", "besides", "apart", "ohne", "außer", "übrige", "übrigen",
		"restlichen", "rest.", "sauf", "hors", "reste", "autres", "sin", "excepto", "resto", "demás", "senza", "tranne", "eccetto", "altri":
		return true
	}
	return false
}

// partsOfYear returns how many of the period that s, in lower case, names make a year, or 0.
func partsOfYear(s string) int {
	switch s {
	case "month", "months", "monthly", "monat", "monate", "monatlich", "monats", "mois", "mensuel", "mensuelle", "mes", "meses", "mensual", "mese", "mesi", "mensile", "maand":
		return 12
	case "quarter", "quarters", "quarterly", "quartal", "quartale", "trimestre", "trimestres", "trimestral", "trimestriel", "kwartaal":
		return 4
	case "week", "weekly", "woche", "wöchentlich", "semaine", "semana", "settimana":
		return 52
	case "day", "daily", "tag", "täglich", "jour", "día", "giorno":
		return 365
	}
	return 0
}

// isJoining reports whether s, in lower case, stands between two statements.
func isJoining(s string) bool {
	switch s {
	case "and", "but", "while", "whereas", "to", "than", "against", "versus", "vs", "then", "und", "aber", "während", "gegenüber", "gegen", "auf", "et", "mais", "contre", "y", "pero", "frente", "e", "ma", "contro", "en", "maar":
		return true
	}
	return false
}

// isElsewhere reports whether s, in lower case, speaks of a row by its place or its order and
// not by its name.
func isElsewhere(s string) bool {
	switch s {
	case "highest", "lowest", "largest", "smallest", "biggest", "most", "least", "best", "worst", "top", "maximum", "minimum", "max", "min", "median", "average", "mean", "peak", "next", "second", "third", "last", "first",
		"before", "previous", "prior", "earlier", "preceding", "following", "after", "later", "other", "others", "another", "rest", "elsewhere", "total", "overall", "all", "each", "every",
		"höchste", "höchsten", "niedrigste", "niedrigsten", "größte", "größten", "kleinste", "kleinsten", "vorjahr", "davor", "danach", "nächste", "nächsten", "übrigen", "anderen", "insgesamt",
		"premier", "dernier", "précédent", "suivant", "autres", "anterior", "siguiente", "otros", "precedente", "altri":
		return true
	}
	return false
}

// isBetween reports whether s, in lower case, stands before a range.
func isBetween(s string) bool {
	switch s {
	case "between", "zwischen", "entre", "tra", "tussen":
		return true
	}
	return false
}

// isFiltering reports whether s, in lower case, makes a bound a condition, or denies it, so that it
// need not hold for what is named: "in 1997, customers with over 700,000".
func isFiltering(s string) bool {
	switch s {
	case "no", "not", "none", "never", "neither", "nor", "nobody", "without", "with", "having", "where", "if", "only", "who", "whose", "which", "that", "target", "goal", "threshold", "limit",
		"should", "would", "could", "filter", "kein", "keine", "keiner", "nicht", "nie", "mit", "wenn", "ziel", "pas", "aucun", "avec", "si", "sin", "con", "nessuno", "non", "geen", "niet":
		return true
	}
	return false
}

// isThere reports whether a verb and the word before it, in lower case, say that there is something.
func isThere(verb, subject string) bool {
	switch verb {
	case "are", "were", "is", "was":
		return subject == "there"
	case "have", "had", "has", "employ", "employed", "employs":
		return subject == "we" || subject == "they" || subject == "it" || subject == "company" || subject == "you" || subject == "northwind"
	case "gibt":
		return subject == "es"
	}
	return false
}

// isOverall reports whether s, in lower case, after a count narrows it by nothing: in the data, in all.
func isOverall(s string) bool {
	switch s {
	case "in", "the", "this", "our", "data", "dataset", "database", "table", "result", "all", "total", "altogether", "overall", "listed", "now", "of", "them", "here", "den", "daten", "insgesamt":
		return true
	}
	return false
}

// isSuch reports whether s, in lower case, may stand between a count and what it counts.
func isSuch(s string) bool {
	switch s {
	case "different", "distinct", "unique", "separate", "individual", "verschiedene", "unterschiedliche":
		return true
	}
	return false
}

// isItem reports whether s, in lower case, is what answers have several of, besides the data: ways,
// steps, months of a year.
func isItem(s string) bool {
	switch s {
	case "ways", "things", "options", "points", "reasons", "steps", "notes", "caveats", "questions", "columns", "tables", "tools", "queries", "results", "rows", "records", "entries", "examples",
		"items", "parts", "kinds", "types", "cases", "groups", "choices", "ideas", "suggestions", "possibilities", "factors", "scenarios", "aspects", "sections", "bullets", "lines", "pages", "charts", "series",
		"days", "weeks", "months", "quarters", "hours", "minutes", "seconds", "times", "decimals", "digits", "characters", "letters", "this", "less", "plus", "others", "fields", "views", "servers", "files":
		return true
	}
	return false
}

// isRowNoun reports whether s, in lower case, means rows of a result.
func isRowNoun(s string) bool {
	switch s {
	case "row", "rows", "results", "records", "entries", "lines", "items", "matches", "zeilen", "treffer", "einträge", "lignes", "filas", "righe", "rijen":
		return true
	}
	return false
}

// isLeftOut reports whether s, in lower case, may follow "43 more", so that it counts rows that the
// answer does not show.
func isLeftOut(s string) bool {
	switch s {
	case "in", "are", "is", "not", "can", "were", "on", "available", "omitted", "left", "remain", "remaining", "follow", "below", "and", "or":
		return true
	}
	return isRowNoun(s)
}
