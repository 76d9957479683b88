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
