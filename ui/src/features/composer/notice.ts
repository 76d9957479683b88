import { isGone, type ApiProblem } from '@/lib/api'
import { text } from '@/strings/composer'

/** A Notice is one sentence about a failed send, and whether it is worth another try. */
export type Notice = { sentence: string; action: 'retry' | null }

/**
 * noticeOf says what became of a failed send. The text is always still there. To sign in
 * again is for the banner of the page to offer, which looks who is there.
 */
export function noticeOf(problem: ApiProblem): Notice {
  const said = text.problems
  if (isGone(problem)) return { sentence: said.unreachable, action: 'retry' }
  switch (problem.kind) {
    case 'unauthenticated':
      return { sentence: said.unauthenticated, action: null }
    case 'conflict':
      return { sentence: said.conflict, action: null }
    case 'not_found':
      return { sentence: said.not_found, action: null }
    case 'invalid':
    case 'too_large':
    case 'forbidden':
    case 'needs_consent':
    case 'model_not_found':
    case 'model_refused':
    case 'context_too_long':
      return { sentence: said.other(problem.detail), action: null }
    default:
      return { sentence: said.other(problem.detail), action: 'retry' }
  }
}
