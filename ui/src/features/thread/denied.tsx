import type { ToolPart } from '@/wire/wire.gen'
import { Provenance } from './provenance'
import { RawView } from './raw-view'
import { sqlOf } from './sql-tokens'
import { SqlView } from './sql-view'
import { strings } from './strings'
import './panel.css'

/** Denied says of a call that the person did not allow it, and shows what it would have been. */
export function Denied({ part, number }: { part: ToolPart; number: number }) {
  const sql = sqlOf(part.input)
  return (
    <>
      <div className="case">
        <p>{strings.youDenied}</p>
        {sql === undefined ? <RawView part={part} number={number} /> : <SqlView sql={sql} number={number} />}
      </div>
      <Provenance part={part} />
    </>
  )
}
