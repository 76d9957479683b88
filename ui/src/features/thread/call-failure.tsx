import { CopyButton } from '@/ui/copy-button'
import type { ToolPart } from '@/wire/wire.gen'
import { Provenance } from './provenance'
import { sqlOf } from './sql-tokens'
import { SqlView } from './sql-view'
import { strings } from './strings'

const uuid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/i

/**
 * CallFailure says what went wrong with a call, in the server's own words, and what
 * to do: hand the details to whoever can mend it. While the answer is being written,
 * it says that this was not its end.
 */
export function CallFailure({
  part,
  number,
  stopped,
  writing,
}: {
  part: ToolPart
  number: number
  stopped: boolean
  writing: boolean
}) {
  const { tool, output, errorText, input } = part
  const said = (errorText ?? output?.text ?? '').trim()
  const request = uuid.exec(said)?.[0]
  const sql = sqlOf(input)
  const title = stopped
    ? strings.wasStopped
    : tool.server === ''
      ? strings.noSuchTool
      : strings.couldNotRun(tool.serverName)
  return (
    <>
      <div className="case">
        <div>
          <h3>{title}</h3>
          {said !== '' && <p className={stopped ? undefined : 'said'}>{said}</p>}
        </div>
        {request !== undefined && (
          <dl className="facts">
            <dt>{strings.request}</dt>
            <dd className="copyid">
              {request}
              <CopyButton text={request} words={strings.copyRequestId} dense className="copy-id" />
            </dd>
          </dl>
        )}
        {sql !== undefined && <SqlView sql={sql} number={number} />}
        {!stopped && (
          <div className="acts">
            <CopyButton text={() => detailsOf(part)} words={strings.copyDetails} className="-ml-2">
              {strings.copyDetails.copy}
            </CopyButton>
            {writing && <span className="dim">{strings.goesOn}</span>}
          </div>
        )}
      </div>
      <Provenance part={part} />
    </>
  )
}

/** What someone needs to know who is asked for help. */
function detailsOf({ tool, toolCallId, startedAt, input, output, errorText }: ToolPart): string {
  return [
    `Server: ${tool.serverName}`,
    `Tool: ${tool.tool}`,
    `Call: ${toolCallId}`,
    `Started: ${startedAt ?? '-'}`,
    `Arguments: ${JSON.stringify(input)}`,
    `Error: ${errorText ?? output?.text ?? ''}`,
  ].join('\n')
}
