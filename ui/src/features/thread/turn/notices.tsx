import type { ReactNode } from 'react'
import { strings } from '@/strings/thread'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { CopyButton } from '@/ui/copy-button'
import { Icon, type IconName } from '@/ui/icon'
import { WaitButton } from '@/ui/wait-button'
import type { Kind, Message, ServerNotice, Trace } from '@/wire/wire.gen'
import { answerDetailsOf } from '../state/trace'
import { TraceFacts } from '../panel/trace-facts'

/** What a reader can do about an answer that did not come to its end. */
export interface Remedies {
  /** Answers the question anew; absent while that is impossible. */
  again: (() => void) | undefined
  /** Has the answer continued from where it was cut off; absent where it cannot be. */
  goOn: (() => void) | undefined
  newThread: (() => void) | undefined
  openServers: (() => void) | undefined
  /** Lets another model be chosen. */
  openModels: (() => void) | undefined
}

/** Notice is one sentence across the column, and one next action. */
export function Notice({
  icon,
  tone,
  title,
  more,
  cut = false,
  trace,
  children,
}: {
  icon: IconName
  tone: 'plain' | 'warn' | 'bad'
  title: string
  more?: string | undefined
  /** The text above ends where it should not: the rule is dashed. */
  cut?: boolean
  /** Where it can be looked up. */
  trace?: Trace | undefined
  children?: ReactNode
}) {
  return (
    <div className={cn('cut', !cut && 'solid', tone)}>
      <Icon name={icon} />
      <div>
        <p>
          <b>{title}</b> {more}
        </p>
        {trace && <TraceFacts trace={trace} />}
      </div>
      <div className="acts">{children}</div>
    </div>
  )
}

/** ServerNotices tells which servers an answer had to do without, and why. */
export function ServerNotices({
  notices,
  remedies,
}: {
  notices: readonly ServerNotice[]
  remedies: Remedies
}) {
  return notices.map((n) => (
    <Notice
      key={n.server}
      icon={n.status === 'needs_connect' ? 'plug' : n.status === 'no_access' ? 'blocked' : 'warning'}
      tone={n.status === 'no_access' ? 'bad' : 'warn'}
      title={strings.answeredWithout(n.name)}
      more={n.error ?? strings.notice[n.status]}
    >
      {remedies.openServers && n.status !== 'no_access' && (
        <Button size="sm" onClick={remedies.openServers}>
          {strings.openServers}
        </Button>
      )}
    </Notice>
  ))
}

/** Ending says how an answer ended, where that needs a word. */
export function Ending({
  message,
  live,
  remedies,
}: {
  message: Message
  /** It is being written now, so it has not ended. */
  live: boolean
  remedies: Remedies
}) {
  const written = message.parts.some(
    (p) => p.type === 'text' && p.kind !== 'commentary' && p.text.trim() !== '',
  )
  const until = retryAt(message)
  // An answer of which there is nothing yet is begun anew rather than continued.
  const goOn = isCutOff(message) && message.parts.length > 0 && remedies.goOn && (
    <WaitButton until={until} size="sm" onClick={remedies.goOn}>
      {(seconds) => (seconds > 0 ? strings.goOnIn(seconds) : strings.goOn)}
    </WaitButton>
  )
  const kind = message.status === 'failed' ? (message.failure?.kind ?? 'internal') : undefined
  const second = kind !== undefined && (forOthers.has(kind) || firstOf(kind, remedies) !== undefined)
  const again = remedies.again && (
    <WaitButton
      until={until}
      variant={goOn || second ? 'quiet' : 'outline'}
      size="sm"
      onClick={remedies.again}
    >
      {(seconds) => (
        <>
          {!goOn && <Icon name="again" size="sm" />}
          {goOn ? strings.startOver : seconds > 0 ? strings.tryAgainIn(seconds) : strings.tryAgain}
        </>
      )}
    </WaitButton>
  )
  const remedy = (
    <>
      {goOn}
      {again}
    </>
  )
  if (message.status === 'running') {
    if (live) return null
    return (
      <Notice
        icon="cut"
        tone="warn"
        cut={written}
        title={strings.interruptedTitle}
        more={strings.interruptedMore}
      >
        {again}
      </Notice>
    )
  }
  if (message.status === 'stopped') {
    const more = message.parts.length > 0 ? strings.stoppedMore : undefined
    return (
      <Notice icon="cut" tone="plain" cut={written} title={strings.stoppedTitle} more={more}>
        {remedy}
      </Notice>
    )
  }
  if (kind !== undefined) {
    const [title, more] = headed(message.failure?.message.trim() || strings.failure[kind])
    return (
      <Notice
        icon="warning"
        tone="bad"
        cut={written}
        title={title}
        more={more}
        trace={message.failure?.trace}
      >
        <FailureActions message={message} kind={kind} remedies={remedies} remedy={remedy} />
      </Notice>
    )
  }
  if (message.finishReason === 'length') {
    return (
      <Notice icon="cut" tone="warn" cut title={strings.lengthTitle} more={strings.lengthMore}>
        {remedy}
      </Notice>
    )
  }
  if (message.finishReason === 'content-filter') {
    return (
      <Notice icon="warning" tone="warn" cut={written} title={strings.filterTitle}>
        {again}
      </Notice>
    )
  }
  if (!written) {
    return (
      <Notice icon="warning" tone="warn" title={strings.emptyTitle}>
        {again}
      </Notice>
    )
  }
  return null
}

/** Before when another attempt is in vain, in milliseconds since 1970, if the failure tells. */
function retryAt({ failure, endedAt }: Message): number | undefined {
  if (failure?.retryAfter === undefined || endedAt === undefined) return undefined
  return new Date(endedAt).getTime() + failure.retryAfter * 1_000
}

/** Whether an answer ended before it was complete, so that the server continues it. */
function isCutOff({ status, finishReason }: Message): boolean {
  return status === 'failed' || status === 'stopped' || finishReason === 'length'
}

/** Returns the first sentence of a text, and what follows it. */
function headed(text: string): [string, string | undefined] {
  const end = text.search(/(?<=[.!?]) /)
  return end < 0 ? [text, undefined] : [text.slice(0, end), text.slice(end + 1)]
}

/** FailureActions offers first what the failure's sentence says is to be done. */
function FailureActions({
  message,
  kind,
  remedies,
  remedy,
}: {
  message: Message
  kind: Kind
  remedies: Remedies
  remedy: ReactNode
}) {
  const first = firstOf(kind, remedies)
  const helpless = forOthers.has(kind)
  const copy = (
    <CopyButton
      text={() => answerDetailsOf(message)}
      words={strings.copyDetails}
      variant={helpless ? 'outline' : 'quiet'}
    >
      {strings.copyDetails.copy}
    </CopyButton>
  )
  return (
    <>
      {helpless && copy}
      {first && (
        <Button size="sm" onClick={first.act}>
          {first.name}
        </Button>
      )}
      {!inVain.has(kind) && remedy}
      {!helpless && copy}
    </>
  )
}

/** Failures that nobody but the administrator can mend. */
const forOthers: ReadonlySet<Kind> = new Set(['provider_auth', 'provider_quota', 'forbidden'])

/** Failures that come again if the same is tried again. */
const inVain: ReadonlySet<Kind> = new Set(['context_too_long'])

function firstOf(kind: Kind, remedies: Remedies): { name: string; act: () => void } | undefined {
  const offer = (name: string, act: (() => void) | undefined) => act && { name, act }
  switch (kind) {
    case 'context_too_long':
      return offer(strings.newThread, remedies.newThread)
    case 'model_not_found':
      return offer(strings.chooseModel, remedies.openModels)
    case 'server_down':
      return offer(strings.openServers, remedies.openServers)
    default:
      return undefined
  }
}
