import { strings } from '@/strings/thread'
import { Button } from '@/ui/button'
import { CopyButton } from '@/ui/copy-button'
import { Icon } from '@/ui/icon'
import type { ToolPart } from '@/wire/wire.gen'
import { Answered } from './answered'
import { CallArguments } from './arguments-view'
import { carrierOf } from '../state/carrier'
import { useDesk } from '../state/desk'
import { LogView } from '../panel/log-view'
import { Provenance } from '../panel/provenance'
import { EditAndRun, Rerunnable, TryOr } from '../rerun/rerun-part'
import { TraceFacts } from '../panel/trace-facts'
import { detailsOf, traceOf } from '../state/trace'

/**
 * CallFailure says what went wrong with a call, in the server's own words, where it can
 * be looked up, and the one thing that mends it: to connect the server, to try again, or to look after
 * the server; or else the details for whoever can.
 * While the answer is being written, it says that this was not its end.
 */
export function CallFailure({
  part,
  number,
  state,
  writing,
}: {
  part: ToolPart
  number: number
  state: 'failed' | 'stopped' | 'lost'
  writing: boolean
}) {
  const { output, errorText, logs = [] } = part
  const given = isGivenUp(part)
  const stopped = state === 'stopped'
  const said = given ? '' : (errorText ?? output?.text ?? '').trim()
  return (
    <>
      <div className="case">
        <div>
          <h3>{titleOf(part, state)}</h3>
          {given && <p>{strings.wentWithoutMore(part.tool.serverName)}</p>}
          {state === 'lost' && <p>{part.startedAt === undefined ? strings.lostBefore : strings.lostAfter}</p>}
          {said !== '' && <p className={stopped ? undefined : 'said'}>{said}</p>}
        </div>
        <Answered part={part} />
        <TraceFacts trace={traceOf(part)} />
        <Rerunnable part={part} number={number}>
          <CallArguments part={part} number={number} />
        </Rerunnable>
        {logs.length > 0 && <LogView logs={logs} number={number} />}
        {!stopped && (
          <div className="acts">
            <Remedy part={part} />
            <CopyButton text={() => detailsOf(part)} words={strings.copyDetails}>
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

/** The one button that mends a failure, where there is one: it leads to the server's sign-in, tries again, or leads to the servers. */
function Remedy({ part }: { part: ToolPart }) {
  const { errorKind, tool } = part
  const { connectTo, openServers } = useDesk()
  const page = errorKind === 'unauthenticated' ? connectTo(tool.server) : null
  if (page) {
    return (
      <Button asChild variant="primary" size="sm">
        <a href={page.href} onClick={page.onLeave}>
          <Icon name="plug" size="sm" />
          {strings.connectNow(tool.serverName)}
        </a>
      </Button>
    )
  }
  const servers = openServers && (
    <Button variant="primary" size="sm" onClick={openServers}>
      <Icon name="plug" size="sm" />
      {strings.openServers}
    </Button>
  )
  switch (errorKind) {
    case 'unauthenticated':
      return servers
    case 'server_down':
      return <TryOr part={part}>{servers}</TryOr>
    case 'limit':
      return <TryOr part={part}>{null}</TryOr>
    default:
      return null
  }
}

/** Whether the person went on without a call that waited for its server to be connected. */
function isGivenUp({ errorKind, wait }: ToolPart): boolean {
  return errorKind === 'unauthenticated' && wait?.for === 'connect'
}

function titleOf(part: ToolPart, state: 'failed' | 'stopped' | 'lost'): string {
  const { tool, errorKind } = part
  if (state === 'stopped') return strings.wasStopped
  if (state === 'lost') return strings.wasInterrupted
  const carrier = carrierOf(part)
  if (carrier === 'provider') return strings.couldNotRun(strings.provider)
  if (carrier === 'nobody') return strings.noSuchTool
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
