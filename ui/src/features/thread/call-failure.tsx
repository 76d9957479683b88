import { Button } from '@/ui/button'
import { CopyButton } from '@/ui/copy-button'
import { Icon } from '@/ui/icon'
import type { ToolPart } from '@/wire/wire.gen'
import { CallArguments } from './arguments-view'
import { useDesk } from './desk'
import { LogView } from './log-view'
import { Provenance } from './provenance'
import { EditAndRun, Rerunnable } from './rerun-part'
import { strings } from './strings'
import { TraceFacts } from './trace-facts'
import { detailsOf, traceOf } from './trace'

/**
 * CallFailure says what went wrong with a call, in the server's own words, where it can
 * be looked up, and what to do: connect, or hand the details to whoever can mend it.
 * While the answer is being written, it says that this was not its end.
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
  const { openServers } = useDesk()
  const { output, errorText, logs = [] } = part
  const given = isGivenUp(part)
  const said = given ? '' : (errorText ?? output?.text ?? '').trim()
  return (
    <>
      <div className="case">
        <div>
          <h3>{titleOf(part, stopped)}</h3>
          {given && <p>{strings.wentWithoutMore(part.tool.serverName)}</p>}
          {said !== '' && <p className={stopped ? undefined : 'said'}>{said}</p>}
        </div>
        <TraceFacts trace={traceOf(part)} />
        <Rerunnable part={part} number={number}>
          <CallArguments part={part} number={number} />
        </Rerunnable>
        {logs.length > 0 && <LogView logs={logs} number={number} />}
        {!stopped && (
          <div className="acts">
            {(part.errorKind === 'unauthenticated' || part.errorKind === 'server_down') && openServers && (
              <Button size="sm" onClick={openServers}>
                <Icon name="plug" size="sm" />
                {strings.openServers}
              </Button>
            )}
            <CopyButton text={() => detailsOf(part)} words={strings.copyDetails} className="-ml-2">
              {strings.copyDetails.copy}
            </CopyButton>
            <EditAndRun part={part} />
            {writing && <span className="dim">{strings.goesOn}</span>}
          </div>
        )}
      </div>
      <Provenance part={part} />
    </>
  )
}

/** Whether the person went on without a call that waited for its server to be connected. */
function isGivenUp({ errorKind, wait }: ToolPart): boolean {
  return errorKind === 'unauthenticated' && wait?.for === 'connect'
}

function titleOf(part: ToolPart, stopped: boolean): string {
  const { tool, errorKind, providerExecuted } = part
  if (stopped) return strings.wasStopped
  if (tool.server === '') return providerExecuted ? strings.couldNotRun(strings.provider) : strings.noSuchTool
  switch (errorKind) {
    case 'forbidden':
      return strings.mayNotUse(tool.tool, tool.serverName)
    case 'unauthenticated':
      return isGivenUp(part) ? strings.wentWithout : strings.needsSignIn(tool.serverName)
    case 'interrupted':
      return strings.wasInterrupted
    default:
      return strings.couldNotRun(tool.serverName)
  }
}
