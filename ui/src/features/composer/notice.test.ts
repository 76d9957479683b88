// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import type { ApiProblem } from '@/lib/api'
import { noticeOf, type Notice } from './notice'

const problem = (status: number, kind?: ApiProblem['kind']): ApiProblem => ({
  title: 'No',
  status,
  detail: 'The server says why.',
  ...(kind === undefined ? {} : { kind }),
})

describe('noticeOf', () => {
  it.each<[string, ApiProblem, Notice]>([
    [
      'a lost connection: try again',
      problem(0, 'unreachable'),
      { sentence: 'The server did not answer. Your text is still here.', action: 'retry' },
    ],
    [
      'a gateway with nothing behind it: try again',
      problem(503),
      { sentence: 'The server did not answer. Your text is still here.', action: 'retry' },
    ],
    [
      'an ended session: sign in, which is offered elsewhere',
      problem(401, 'unauthenticated'),
      { sentence: 'Your session has ended. Sign in again; your text stays here.', action: null },
    ],
    [
      'a run in progress: wait',
      problem(409, 'conflict'),
      {
        sentence:
          'An answer is already being written in this thread. Wait for it, or stop it, then send again.',
        action: null,
      },
    ],
    [
      'a thread that is gone: copy the text',
      problem(404, 'not_found'),
      { sentence: 'This thread no longer exists. Copy your text and start a new thread.', action: null },
    ],
    [
      'a refusal: what the server says, and no second try',
      problem(422, 'model_not_found'),
      { sentence: 'The server says why. Your text is still here.', action: null },
    ],
    [
      'a busy provider: what the server says, and a second try',
      problem(429, 'provider_busy'),
      { sentence: 'The server says why. Your text is still here.', action: 'retry' },
    ],
    [
      'a gateway that is away: what the server says, and a second try',
      problem(503, 'gateway_down'),
      { sentence: 'The server says why. Your text is still here.', action: 'retry' },
    ],
    [
      'a fault: what the server says, and a second try',
      problem(500, 'internal'),
      { sentence: 'The server says why. Your text is still here.', action: 'retry' },
    ],
  ])('%s', (_name, given, want) => expect(noticeOf(given)).toEqual(want))
})
