import type { HoldReason } from './queue'

/** The words about what waits to be sent. */
export const queueText = {
  list: 'Waiting to be sent',
  next: 'Sent when the answer is done',
  later: 'Sent after the one above',
  sending: 'Sending…',
  waiting: 'Held while the answer waits for you',
  held: {
    stopped: 'Held, since the answer was stopped',
    failed: 'Held, since the answer failed',
    away: 'Held, since the answer was finished while this page was closed',
    unsent: 'Not sent',
    unsure: 'Held, since the page was closed while it was being sent. See above whether it arrived',
  } satisfies Record<HoldReason, string>,
  because: (reason: string, why: string) => `${reason}: ${why}`,
  added: 'Queued. It is sent when the answer is done.',
  full: (most: number) => `${most} questions are waiting already. Let some of them be sent first.`,
  edit: 'Edit',
  remove: 'Remove',
  removed: 'The waiting question was removed.',
  undo: 'Undo',
  sendNow: 'Send now',
  sendNext: 'Send when done',
  queueHint: 'Send when the answer is done (Enter)',
  queue: 'Send when the answer is done',
  attached: (n: number) => `${n} attached`,
}
