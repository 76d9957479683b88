package grounding

import "strings"

// isCurrency reports whether s is the sign or the code of a currency.
func isCurrency(s string) bool {
	switch s {
	case "$", "€", "£", "¥", "₹", "₽", "₩", "₺", "฿", "US$", "A$", "C$", "R$", "kr", "kr.", "Fr.", "zł", "Kč",
		"USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "BRL", "MXN", "TRY", "ZAR", "KRW":
		return true
	}
	return false
}

// isMoneyWord reports whether s, in lower case, names a currency.
func isMoneyWord(s string) bool {
	switch s {
	case "dollar", "dollars", "euro", "euros", "pound", "pounds", "franken", "francs", "yen", "pesos", "kronen", "kroner":
		return true
	}
	return false
}

// scaleOf returns the power of ten that a word or letter after a number stands for,
// or 0. A single letter counts where it touches the number, or where a currency makes the
// meaning plain.
func scaleOf(s string, attached, money bool) int {
	switch s {
	case "k", "K":
		if attached || money {
			return 3
		}
	case "M":
		if attached || money {
			return 6
		}
	case "m", "B", "b", "G":
		if money && attached && s == "m" {
			return 6
		}
		if attached && s == "B" || attached && money && s == "b" {
			return 9
		}
	case "千":
		return 3
	case "万", "萬", "만":
		return 4
	case "億", "亿", "억":
		return 8
	}
	switch strings.ToLower(s) {
	case "hundred", "hundert":
		return 2
	case "thousand", "thousands", "tsd", "tausend", "mille", "mil", "mila", "duizend":
		return 3
	case "lakh", "lakhs":
		return 5
	case "million", "millions", "mio", "mln", "mn", "mm", "millionen", "millón", "millones", "milione", "milioni", "milhão", "milhões", "miljoen":
		return 6
	case "crore", "crores":
		return 7
	case "billion", "bn", "mrd", "md", "mds", "milliarde", "milliarden", "milliard", "milliards", "miliardo", "miliardi", "miljard":
		return 9
	case "trillion", "tn", "trn", "billionen":
		return 12
	}
	return 0
}

// unit is what stands after a number.
type unit int

const (
	noUnit unit = iota
	percent
	perMille
	points // percentage points
	times  // a factor
)

var percentPhrases = []struct {
	text string
	unit unit
}{
	{"%-punkte", points}, {"% points", points}, {"% pts", points}, {"%", percent}, {"‰", perMille}, {"percentage point", points}, {"prozentpunkt", points}, {"points de pourcentage", points},
	{"puntos porcentuales", points}, {"punti percentuali", points}, {"pp", points}, {"percent", percent}, {"per cent", percent}, {"pct", percent},
	{"prozent", percent}, {"pour cent", percent}, {"por ciento", percent}, {"por cento", percent}, {"per cento", percent}, {"procent", percent}, {"promille", perMille}, {"per mille", perMille},
	{"×", times}, {"x", times}, {"times", times}, {"fold", times}, {"fach", times}, {"mal", times}, {"fois", times}, {"veces", times}, {"vezes", times}, {"volte", times}, {"keer", times},
}

// unitAt returns the unit that s, the text right after a number and a space, begins
// with, and its length.
func unitAt(s string) (unit, int) {
	for _, p := range percentPhrases {
		if !hasPrefixFold(s, p.text) {
			continue
		}
		n := len(p.text)
		if last := p.text[n-1]; last != '%' && n < len(s) && isLetter(rune(last)) {
			for p.unit == points && n < len(s) && letterAt(s, n) {
				n++ // points, Prozentpunkten
			}
			if n < len(s) && (isDigit(s[n]) || letterAt(s, n) && !strings.HasPrefix(s[n:], "es ") && !strings.HasPrefix(s[n:], "e ")) {
				continue
			}
		}
		return p.unit, n
	}
	return noUnit, 0
}

// isMeasure reports whether s, which touches a number, is a unit of measure, so that
// the number is one: 12kg. Other letters make the digits a part of a name: 3D.
func isMeasure(s string) bool {
	switch s {
	case "kg", "g", "mg", "t", "l", "ml", "cl", "cm", "mm", "km", "m", "h", "hrs", "min", "s", "ms", "d", "MB", "GB", "KB", "TB", "kWh", "lb", "lbs", "oz", "pcs":
		return true
	}
	return isCurrency(s)
}

// hedgeOf tells the words before a number that say how it was rounded: about, over
// (it was cut off), under (it was raised).
func hedgeOf(s string) hedge {
	switch s {
	case "about", "around", "roughly", "approximately", "approx", "circa", "ca", "some", "rund", "etwa", "ungefähr", "environ", "près", "aproximadamente", "unos", "unas", "cerca", "circ", "ongeveer":
		return about
	case "over", "above", "exceeding", "exceeds", "exceeded", "über", "plus", "más", "oltre", "ruim", "topping", "topped":
		return over
	case "under", "below", "nearly", "almost", "fast", "knapp", "unter", "beinahe", "presque", "moins", "casi", "quasi", "bijna":
		return under
	}
	return plainly
}

// hedge is how a writer says that a number is not exact.
type hedge int

const (
	plainly hedge = iota
	about
	over
	under
)

// isRank reports whether s, in lower case, stands before a number that counts or
// numbers what was asked for, so that the number claims nothing: top 5, row 3.
func isRank(s string) bool {
	switch s {
	case "top", "bottom", "first", "last", "past", "next", "previous", "within", "no", "nr", "number", "row", "rows", "step", "page", "call", "section", "version",
		"phase", "level", "rank", "ranked", "place", "week", "chapter", "option", "line", "query", "question", "figure", "note", "table", "part", "day",
		"platz", "rang", "zeile", "seite", "schritt", "kapitel", "tabelle", "abfrage", "erste", "ersten", "letzte", "letzten", "nächsten", "vergangenen",
		"premiers", "premières", "derniers", "dernières", "primeros", "primeras", "últimos", "últimas", "primi", "prime", "ultimi", "ultime", "eerste", "laatste":
		return true
	}
	return false
}

// isDefinite reports whether s, in lower case, makes what follows known already:
// the 20 best-selling products.
func isDefinite(s string) bool {
	switch s {
	case "the", "these", "those", "all", "die", "der", "den", "diese", "dieser", "alle", "aller", "les", "ces", "des", "los", "las", "i", "le", "gli", "de":
		return true
	}
	return false
}

// isTop reports whether s, in lower case, with a number beside it means the first rows.
func isTop(s string) bool {
	switch s {
	case "top", "first", "ersten", "besten", "größten", "premiers", "primeros", "primi", "leading", "largest", "biggest", "highest", "best", "größte", "beste", "wichtigsten", "stärksten", "principaux", "principales", "mayores", "maggiori", "principali", "grootste":
		return true
	}
	return false
}

// smallNumber returns the number from 2 to 20 that s, in lower case, is, or 0.
func smallNumber(s string) int {
	switch s {
	case "two", "zwei", "deux", "dos", "due", "2":
		return 2
	case "three", "drei", "trois", "tres", "tre", "3":
		return 3
	case "four", "vier", "quatre", "cuatro", "quattro", "4":
		return 4
	case "five", "fünf", "cinq", "cinco", "cinque", "5":
		return 5
	case "ten", "zehn", "dix", "diez", "dieci", "10":
		return 10
	}
	if n := digitsAt(s, 0); n > 0 && n == len(s) && n < 3 {
		if v := whole(s); v >= 2 && v <= 20 {
			return v
		}
	}
	return 0
}

// isEach reports whether s, in lower case, says that a figure holds for several.
func isEach(s string) bool {
	switch s {
	case "each", "both", "jeweils", "beide", "chacun", "chacune", "cada", "ciascuno", "elk":
		return true
	}
	return false
}

// isRest reports whether s, in lower case, after a number makes it count what is left.
func isRest(s string) bool {
	switch s {
	case "more", "other", "others", "further", "additional", "remaining", "weitere", "andere", "übrige", "autres", "más", "otros", "otras", "altri", "altre":
		return true
	}
	return false
}

// isFactor reports whether s, in lower case, says that the number after it is a factor.
func isFactor(s string) bool {
	switch s {
	case "factor", "faktor", "facteur", "fattore", "ratio":
		return true
	}
	return false
}

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
