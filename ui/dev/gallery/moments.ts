import { apply, emptyMessage } from '../../src/wire/apply.ts'
import { frameParser } from '../../src/wire/frames.ts'
import { parseEvent } from '../../src/wire/parse-event.ts'
import type { Message, Part } from '../../src/wire/wire.gen.ts'

/** An answer as it stands at some point of a run, and what tells that point from the others. */
export interface Moment {
  name: string
  message: Message
}

/**
 * Returns the moments of a recorded run, the bytes of its event stream, at which something is in another state than
 * before: a part appears or changes its state, or the answer does. Of each, the last is taken,
 * when the most of it is written. Moments that differ in their words alone are one.
 */
export function momentsOf(stream: string): Moment[] {
  const moments: Moment[] = []
  let message = emptyMessage
  for (const { data } of frameParser()(stream)) {
    const event = parseEvent(data)
    if (event === undefined) continue
    message = apply(message, event)
    const name = nameOf(message)
    if (moments.at(-1)?.name === name) moments.pop()
    moments.push({ name, message })
  }
  return moments.filter(({ message }) => message.parts.length > 0 || message.status !== 'running')
}

function nameOf({ status, parts }: Message): string {
  return [status, ...parts.map(stateOf)].join(' · ')
}

function stateOf(part: Part): string {
  const name = part.type === 'dynamic-tool' ? 'call' : part.type
  return 'state' in part && part.state !== undefined ? `${name} ${part.state}` : name
}
