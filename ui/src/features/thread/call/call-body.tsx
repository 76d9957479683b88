import { lazy, Suspense } from 'react'
import type { ToolPart } from '@/wire/wire.gen'
import { CallBlocked } from './call-blocked'
import { CallFailure } from './call-failure'
import { CallPanel } from './call-panel'
import type { CallState } from '../state/call-state'
import { Denied } from './denied'

// Most threads never wait for anybody.
const Elicitation = lazy(() => import('../ask/elicitation').then((m) => ({ default: m.Elicitation })))
const Connect = lazy(() => import('../ask/connect').then((m) => ({ default: m.Connect })))
const Approval = lazy(() => import('../ask/approval').then((m) => ({ default: m.Approval })))

/** CallBody is what a line of the ledger opens into, as the call stands. */
export function CallBody({
  part,
  number,
  state,
  writing,
}: {
  part: ToolPart
  number: number
  state: CallState
  writing: boolean
}) {
  switch (state) {
    case 'approval':
      return (
        <Suspense fallback={<div className="ask-place" />}>
          <Approval key={part.approval?.id} part={part} writing={writing} />
        </Suspense>
      )
    case 'question':
      return (
        part.elicitation && (
          <Suspense fallback={<div className="ask-place" />}>
            <Elicitation key={part.elicitation.id} part={part} ask={part.elicitation} writing={writing} />
          </Suspense>
        )
      )
    case 'connect':
      return (
        <Suspense fallback={<div className="ask-place" />}>
          <Connect key={part.wait?.times} part={part} writing={writing} />
        </Suspense>
      )
    case 'denied':
      return <Denied part={part} number={number} />
    case 'blocked':
      return <CallBlocked part={part} number={number} writing={writing} />
    case 'failed':
    case 'stopped':
    case 'lost':
      return <CallFailure part={part} number={number} state={state} writing={writing} />
    default:
      return <CallPanel part={part} number={number} />
  }
}
