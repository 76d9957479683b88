import { strings } from '@/strings/thread'
import type { Message } from '@/wire/wire.gen'

/** Returns the figures of an answer that follow from no row of its thread, each once. */
export function unfoundIn(message: Message): string[] {
  const found = (message.grounding ?? []).flatMap((g) => g.report.notFound ?? [])
  return [...new Set(found.map((figure) => figure.text))]
}

/** Unfound tells which figures of an answer the data does not bear out. Nothing is said where there are none. */
export function Unfound({ message }: { message: Message }) {
  const figures = unfoundIn(message)
  if (figures.length === 0) return null
  return <p className="aside num">{strings.notInData(figures)}</p>
}
