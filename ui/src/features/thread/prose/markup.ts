const fence = /^ {0,3}(?:```|~~~)/m
const codeSpan = /(?<!`)`[^`\n]+`(?!`)/
/** The line below the head of a table. */
const tableRule = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$/m
const item = /^ {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+\S/gm

/**
 * Tells whether a person wrote Markdown, and did not only use its characters: code, a table, or a list
 * of at least two items. 2*3*4 is no emphasis, # is a number as often as a heading, and one line that
 * begins with a dash is no list.
 */
export function isMarkdown(text: string): boolean {
  return (
    fence.test(text) || codeSpan.test(text) || tableRule.test(text) || (text.match(item)?.length ?? 0) > 1
  )
}

/** What of a longer text names it: its first line that says something, cut between words. */
export function firstWords(text: string, most: number): string {
  const line = text.split('\n').find((one) => /[\p{L}\p{N}]/u.test(one)) ?? text
  const plain = line.replace(/^[\s>#*+`~-]+/, '').trim()
  if (plain.length <= most) return plain
  const cut = plain.slice(0, most)
  const space = cut.lastIndexOf(' ')
  return `${(space < most / 2 ? cut : cut.slice(0, space)).trimEnd()}…`
}
