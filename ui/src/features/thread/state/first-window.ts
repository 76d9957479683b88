import type { Message } from '@/wire/wire.gen'
import type { Turn } from './turns'

/** About how wide a line of text is, in characters, and how high, in pixels. */
const line = { characters: 80, height: 24 }
/** About how high a line of the ledger is, and what a turn has besides: its name, its foot, the space around it. */
const callHeight = 36
const frameHeight = 110

/** A window holds no more turns than this. */
const most = 8

/**
 * Returns how many turns at the end of a thread fill a window of that height, in pixels: they are
 * drawn before the others. It is a guess from their texts, rather too many than too few.
 */
export function turnsInWindow(turns: readonly Turn[], height: number): number {
  let filled = 0
  let count = 0
  for (const { question, answers } of turns.toReversed()) {
    if (filled >= height || count === most) break
    filled +=
      frameHeight + heightOf(question) + answers.reduce((sum, { message }) => sum + heightOf(message), 0)
    count++
  }
  return count
}

function heightOf(message: Message | undefined): number {
  return (message?.parts ?? []).reduce((sum, part) => {
    if (part.type === 'dynamic-tool') return sum + callHeight
    return part.type === 'text' ? sum + Math.ceil(part.text.length / line.characters) * line.height : sum
  }, 0)
}
