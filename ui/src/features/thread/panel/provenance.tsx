import type { ReactNode } from 'react'
import { strings } from '@/strings/thread'
import { CopyButton } from '@/ui/copy-button'
import { Icon } from '@/ui/icon'
import type { ToolPart } from '@/wire/wire.gen'
import { carrierOf } from '../state/carrier'
import { formatDuration, formatSecond } from '../rows/format'
import { useReader } from '../state/reader'
import { tookOf } from '../state/turns'

/**
 * Provenance is the last line of a panel: whether the gateway let the call
 * through, where it went, for whom, under which id, by whose approval, when, and how
 * long it took. What went through no gateway, since the provider or pomchat itself
 * carried it out, says that instead.
 */
export function Provenance({ part, children }: { part: ToolPart; children?: ReactNode }) {
  const { email, name, gateway } = useReader()
  const { tool, toolCallId, startedAt, state, approval } = part
  const took = tookOf(part)
  const carrier = carrierOf(part)
  const who = carrier === 'server' ? email || name : ''
  return (
    <div className="prov">
      {gateway && carrier === 'server' && state === 'output-available' && (
        <span className="allowed">
          <Icon name="allowed" size="xs" />
          {strings.allowed}
        </span>
      )}
      <span className="where">
        {carrier === 'server' && tool.serverName} <code>{tool.tool}</code>
      </span>
      {carrier !== 'server' && <span>{strings.runBy[carrier]}</span>}
      {who !== '' && (
        <span>
          {strings.as} <b>{who}</b>
        </span>
      )}
      <span className="id">
        {strings.callId} <code>{shortId(toolCallId)}</code>
        <CopyButton text={toolCallId} words={strings.copyCallId} dense className="copy-id" />
      </span>
      {approval?.approved && approval.scope !== undefined && (
        <span>{(approval.reason ? strings.approvedNow : strings.approvedBefore)[approval.scope]}</span>
      )}
      {part.modelInput !== undefined && <span>{strings.argumentsEdited}</span>}
      {startedAt !== undefined && <time dateTime={startedAt}>{formatSecond(startedAt)}</time>}
      {took !== undefined && <span className="num">{formatDuration(took)}</span>}
      <span className="spring" />
      {children}
    </div>
  )
}

/** Ids are long; their end tells them apart. */
function shortId(id: string): string {
  return id.length > 14 ? `…${id.slice(-10)}` : id
}
