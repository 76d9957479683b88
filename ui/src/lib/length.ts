const utf8 = new TextEncoder()

/**
 * excess returns the size in bytes of UTF-8 of a text that is longer than max, else
 * null. Most texts are judged by their length alone: a UTF-16 unit takes one to
 * three bytes.
 */
export function excess(text: string, max: number): number | null {
  if (text.length * 3 <= max) return null
  const bytes = utf8.encode(text).length
  return bytes > max ? bytes : null
}
