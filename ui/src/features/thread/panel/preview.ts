import type { ToolPart } from '@/wire/wire.gen'
import { sqlOf } from './sql-tokens'
import { tableOf } from '../rows/table-data'

const longest = 240

/**
 * Returns what a ledger line shows of a call, in one line: its SQL, else its
 * arguments, else, for a call without arguments, the beginning of its result.
 */
export function previewOf(part: ToolPart): string {
  const input = part.input ?? partial(part.inputText)
  const said = sqlOf(input) ?? argumentsIn(input)
  return oneLine(said === '' ? resultIn(part) : said)
}

function argumentsIn(input: unknown): string {
  if (typeof input === 'string') return input
  if (typeof input !== 'object' || input === null) return ''
  return Object.entries(input)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
}

function resultIn({ output }: ToolPart): string {
  if (!output || output.isError) return ''
  const table = tableOf(output)
  if (!table) return output.text.slice(0, longest * 2)
  return table.rows
    .slice(0, 20)
    .map(([first]) => String(first ?? ''))
    .join(', ')
}

/** Arguments that still stream: the text of the first one, as far as it has come. */
function partial(text: string | undefined): unknown {
  if (text === undefined) return undefined
  const match = /^\s*\{\s*"(?<name>[^"]*)"\s*:\s*"(?<value>(?:[^"\\]|\\.)*)/s.exec(text)
  const { name, value } = match?.groups ?? {}
  if (name === undefined || value === undefined) return undefined
  const unescaped = value.replaceAll(/\\(?:n|t|r)/g, ' ').replaceAll(/\\(["\\/])/g, '$1')
  return { [name]: unescaped }
}

function oneLine(text: string): string {
  return text
    .slice(0, longest * 2)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, longest)
}
