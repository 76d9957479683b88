import { strings } from '@/strings/thread'
import { Button } from '@/ui/button'
import { CopyButton } from '@/ui/copy-button'
import type { ToolPart } from '@/wire/wire.gen'
import { CallArguments } from './arguments-view'
import { formatSecond } from '../rows/format'
import { Provenance } from '../panel/provenance'
import { useReader } from '../state/reader'
import { TraceFacts } from '../panel/trace-facts'
import { accessRequest, detailsOf, traceOf } from '../state/trace'

/**
 * CallBlocked says that the gateway's policy refused a call, so that it never reached its
 * server, and hands out what is needed to ask for access.
 */
export function CallBlocked({ part, number, writing }: { part: ToolPart; number: number; writing: boolean }) {
  const { name, email, gateway } = useReader()
  const { tool, startedAt } = part
  const who = email === '' ? name : email
  const { requestId = '' } = traceOf(part)
  return (
    <>
      <div className="case">
        <div>
          <h3>{strings.blockedByPolicy}</h3>
          <p>{strings.blockedMore(tool.tool, tool.serverName)}</p>
        </div>
        <TraceFacts trace={{ requestId }}>
          {who !== '' && (
            <>
              <dt>{strings.askedAs}</dt>
              <dd>{startedAt === undefined ? who : strings.whoAt(who, formatSecond(startedAt))}</dd>
            </>
          )}
        </TraceFacts>
        <CallArguments part={part} number={number} />
        <div className="acts">
          <CopyButton text={() => accessRequest(part, who)} words={strings.copyAccess} variant="outline">
            {strings.copyAccess.copy}
          </CopyButton>
          {gateway && (
            <Button asChild variant="quiet" size="sm">
              <a href="/.pomerium/" target="_blank" rel="noreferrer noopener">
                {strings.aboutMe}
              </a>
            </Button>
          )}
          <CopyButton text={() => detailsOf(part)} words={strings.copyDetails}>
            {strings.copyDetails.copy}
          </CopyButton>
          {writing && <span className="dim">{strings.goesOn}</span>}
        </div>
      </div>
      <Provenance part={part} />
    </>
  )
}
