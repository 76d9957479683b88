import type { Event } from './wire.gen'

/** Numbers an event by its place in the run, counted from 1. */
export interface NumberedEvent {
  id: number
  event: Event
}

const known: Record<Event['type'], true> = {
  start: true,
  'start-step': true,
  'finish-step': true,
  'text-start': true,
  'text-delta': true,
  'text-end': true,
  'reasoning-start': true,
  'reasoning-delta': true,
  'reasoning-end': true,
  'tool-input-start': true,
  'tool-input-delta': true,
  'tool-input-available': true,
  'tool-output-available': true,
  'tool-output-error': true,
  'tool-output-denied': true,
  'tool-approval-request': true,
  'tool-approval-response': true,
  'data-tool-wait': true,
  'data-tool-resumed': true,
  'data-tool-progress': true,
  'data-tool-log': true,
  'data-elicitation': true,
  'data-elicitation-answer': true,
  'source-url': true,
  file: true,
  'message-metadata': true,
  'data-title': true,
  'data-mcp-status': true,
  'data-grounding': true,
  finish: true,
  error: true,
  abort: true,
}

/**
 * Reads one event. What a newer server may send, an unknown type, and what is no
 * event at all come back as undefined, to be passed over.
 */
export function parseEvent(data: string): Event | undefined {
  let value: unknown
  try {
    value = JSON.parse(data)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || !('type' in value)) return undefined
  const { type } = value
  if (typeof type !== 'string' || !Object.hasOwn(known, type)) return undefined
  return value as Event
}

/** Reports whether an event ends its run. */
export function isTerminal(event: Event): boolean {
  return event.type === 'finish' || event.type === 'error' || event.type === 'abort'
}
