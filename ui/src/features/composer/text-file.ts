import { formatSize } from '@/lib/format'
import { attachText } from '@/strings/composer-attach'
import { newId, type Attached } from './attachment'

/** What a chooser of files offers first; what a file holds is found out by reading it. */
export const textFiles =
  'text/*,.txt,.md,.csv,.tsv,.json,.jsonl,.sql,.log,.xml,.html,.yaml,.yml,.toml,.ini,.env,.py,.js,.ts,.go,.java,.sh'

const types: Record<string, string> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  md: 'text/markdown',
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html',
  sql: 'application/sql',
  yaml: 'application/yaml',
  yml: 'application/yaml',
}

/** Returns a file as an attachment, or in a sentence why it cannot be one. It reads no file above the limit. */
export async function readTextFile(file: File, most: number): Promise<Attached | string> {
  // Two bytes a letter in UTF-16, which may be one in UTF-8.
  if (file.size > most * 2) return attachText.tooLong(file.name, formatSize(file.size), formatSize(most))
  let text: string | null
  try {
    text = decode(new Uint8Array(await file.arrayBuffer()))
  } catch {
    return attachText.unreadable(file.name)
  }
  if (text === null) return attachText.binary(file.name)
  const ending = file.name.split('.').at(-1)?.toLowerCase() ?? ''
  const mediaType = types[ending] ?? (file.type.startsWith('text/') ? file.type : 'text/plain')
  return { kind: 'text', id: newId(), name: file.name, mediaType, text: text.replaceAll('\r\n', '\n') }
}

/**
 * Returns the text that bytes stand for: UTF-8, UTF-16 with its mark, and else Windows' own
 * Latin letters, in which spreadsheets still write; null if it is no text.
 */
export function decode(bytes: Uint8Array): string | null {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return clean(new TextDecoder('utf-16le').decode(bytes))
  if (first === 0xfe && second === 0xff) return clean(new TextDecoder('utf-16be').decode(bytes))
  try {
    return clean(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return clean(new TextDecoder('windows-1252').decode(bytes))
  }
}

// oxlint-disable-next-line no-control-regex -- these are what text does not have
const control = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/

function clean(text: string): string | null {
  return control.test(text) ? null : text
}
