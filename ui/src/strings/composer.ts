import { formatSize } from '@/lib/format'
import { waitTime } from './wait'

/** The words of the composer. */
export const text = {
  label: 'Message',
  send: 'Send',
  sendHint: 'Send (Enter)',
  stop: 'Stop the answer',
  stopping: 'Stopping…',
  keys: 'Enter sends, Shift and Enter start a new line.',
  keysOnScreen: 'Enter starts a new line, the button sends.',
  tooLong: (bytes: number, max: number) =>
    `This text is ${formatSize(bytes)} long, and ${formatSize(max)} is the most that can be sent. Shorten it; nothing of it is lost.`,
  dismiss: 'Dismiss',
  retry: 'Try again',
  retryIn: (seconds: number) => `Try again in ${waitTime(seconds)}`,
  problems: {
    unreachable: 'The server did not answer. Your text is still here.',
    unauthenticated: 'Your session has ended. Sign in again; your text stays here.',
    conflict: 'An answer is already being written in this thread. Wait for it, or stop it, then send again.',
    not_found: 'This thread no longer exists. Copy your text and start a new thread.',
    other: (detail: string) => `${detail} Your text is still here.`,
  },
  slashHint: 'Type / for prompts.',
  stopFailed: 'The answer could not be stopped, because the server did not answer.',
}
