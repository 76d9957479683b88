import { strings } from '@/strings/thread'
import type { ToolPart } from '@/wire/wire.gen'
import { CallArguments } from './arguments-view'
import { Provenance } from '../panel/provenance'
import '../panel/panel.css'

/** Denied says of a call that the person did not allow it, and shows what it would have been. */
export function Denied({ part, number }: { part: ToolPart; number: number }) {
  return (
    <>
      <div className="case">
        <p>{strings.youDenied}</p>
        <CallArguments part={part} number={number} />
      </div>
      <Provenance part={part} />
    </>
  )
}
