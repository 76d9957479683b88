import { isGone } from '@/lib/api'
import { strings } from '@/strings/thread'
import type { Answering } from './use-answering'

/** Deciding says what became of a decision, where that is not plain to see. */
export function Deciding({ state, writing }: { state: Answering; writing: boolean }) {
  if (!writing) return <p className="quiet">{strings.tooLate}</p>
  return (
    <div role="status" className={state.name === 'failed' ? 'wrong' : 'quiet'}>
      {state.name === 'sending' && strings.sending}
      {state.name === 'late' && strings.decidedElsewhere}
      {state.name === 'failed' &&
        (isGone(state.problem) ? strings.notSent : strings.refused(state.problem.detail))}
    </div>
  )
}
