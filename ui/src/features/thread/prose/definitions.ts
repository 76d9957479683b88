import type { Token, Tokens } from 'marked'

/** Definitions of links as Markdown, by the labels that refer to them. Of two for one label the first counts. */
export type Definitions = ReadonlyMap<string, string>

/** What labels are the same: case and white space do not count. */
const labelOf = (text: string) => text.trim().replaceAll(/\s+/g, ' ').toLowerCase()

const isDefinition = (token: Token): token is Tokens.Def => token.type === 'def'

/** Whether a token is a definition beyond doubt, of which nothing is drawn; an odd one may be words. */
export function isPlainDefinition({ type, raw }: Token): boolean {
  return type === 'def' && /^ {0,3}\[[^[\]\\]+\]:[ \t]*[^\s<>()\\]+(?:[ \t]+"[^"\\]*")?\s*$/.test(raw)
}

/**
 * Returns the definitions among tokens and within them, behind those that are known. One that is still
 * being written, up to the end of a text that goes on, defines nothing yet.
 */
export function definitionsIn(tokens: readonly Token[], known: Definitions, streaming: boolean): Definitions {
  const found = new Map(known)
  const look = (among: readonly Token[]) => {
    for (const token of among) {
      if (isDefinition(token)) {
        const label = labelOf(token.tag)
        const whole = !streaming || token.raw.endsWith('\n') || token !== tokens.at(-1)
        if (whole && !found.has(label)) found.set(label, token.raw.trim())
      }
      if ('tokens' in token && token.tokens) look(token.tokens)
      if (token.type === 'list') look((token as Tokens.List).items)
    }
  }
  look(tokens)
  return found
}

/** Returns the labels that a block may refer to: all that stands in brackets. */
export function referencesIn(source: string): string[] {
  const labels = [...source.matchAll(/\[((?:\\.|[^[\]\\])+)\]/gs)].map(([, text = '']) => labelOf(text))
  return [...new Set(labels)]
}
