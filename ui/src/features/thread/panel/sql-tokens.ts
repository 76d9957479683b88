/** How a piece of SQL is coloured; plain pieces have no class. */
export type SqlClass = 'keyword' | 'function' | 'text' | 'number' | 'comment'

/** A piece of SQL. */
export interface SqlToken {
  text: string
  class?: SqlClass
}

const keywords = new Set(
  `ADD ALL ALTER ANALYZE AND AS ASC BEGIN BETWEEN BY CASE CAST COLLATE COMMIT CREATE CROSS CURRENT DELETE DESC
   DISTINCT DROP ELSE END ESCAPE EXCEPT EXISTS EXPLAIN FALSE FILTER FIRST FOLLOWING FROM FULL GLOB GROUP HAVING
   IF ILIKE IN INDEX INNER INSERT INTERSECT INTO IS ISNULL JOIN LAST LATERAL LEFT LIKE LIMIT MATCH NATURAL NOT
   NOTNULL NULL NULLS OFFSET ON OR ORDER OUTER OVER PARTITION PLAN PRAGMA PRECEDING QUERY RANGE RECURSIVE
   REGEXP RIGHT ROW ROWS SELECT SET TABLE THEN TRUE UNBOUNDED UNION UPDATE USING VALUES VIEW WHEN WHERE WINDOW WITH`.split(
    /\s+/,
  ),
)

const token =
  /(--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|('(?:[^']|'')*'?|"(?:[^"]|"")*"?|`[^`]*`?|\[[^\]\n]*\]?)|(\b\d[\w.]*)|([\p{L}_][\p{L}\p{N}_$]*)(\s*\()?/gu

/**
 * Returns SQL in lines of coloured pieces, whose texts together are the text. It
 * reads the words of the language, not its grammar: enough for eyes, and a
 * thousandth of what a full highlighter would send to the browser.
 */
export function sqlLines(sql: string): SqlToken[][] {
  const lines: SqlToken[][] = [[]]
  const put = (text: string, kind?: SqlClass) => {
    text.split('\n').forEach((piece, i) => {
      if (i > 0) lines.push([])
      if (piece !== '') lines.at(-1)?.push(kind ? { text: piece, class: kind } : { text: piece })
    })
  }
  let end = 0
  for (const match of sql.matchAll(token)) {
    const [all, comment, quoted, digits, word = '', paren] = match
    if (match.index > end) put(sql.slice(end, match.index))
    end = match.index + all.length
    if (comment !== undefined) put(comment, 'comment')
    else if (quoted !== undefined) put(quoted, 'text')
    else if (digits !== undefined) put(digits, 'number')
    else {
      if (keywords.has(word.toUpperCase())) put(word, 'keyword')
      else put(word, paren === undefined ? undefined : 'function')
      if (paren !== undefined) put(paren)
    }
  }
  if (end < sql.length) put(sql.slice(end))
  return lines
}

/** Returns the SQL among a call's arguments, or undefined. */
export function sqlOf(input: unknown): string | undefined {
  return sqlEntry(input)?.[1].trim()
}

/** Returns the name of the argument that holds the SQL, and the SQL as it is; or undefined. */
export function sqlEntry(input: unknown): [name: string, sql: string] | undefined {
  if (typeof input !== 'object' || input === null) return undefined
  const texts = Object.entries(input).filter((e): e is [string, string] => typeof e[1] === 'string')
  const named = texts.find(([name]) => /^(sql|query|statement)$/i.test(name))
  return [named, ...texts].find((e) => e && begins.test(e[1]))
}

const begins =
  /^\s*(?:(?:--[^\n]*\n|\/\*[\s\S]*?\*\/)\s*)*\(?\s*(select|with|values|explain|pragma|insert|update|delete|replace|create|alter|drop|merge)\b/i
