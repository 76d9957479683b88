import type { ReactNode } from 'react'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { Icon, type IconName } from '@/ui/icon'
import type { Kind, Message, ServerNotice } from '@/wire/wire.gen'
import { strings } from './strings'

/** What a reader can do about an answer that did not come to its end. */
export interface Remedies {
  /** Answers the question anew; absent while that is impossible. */
  again: (() => void) | undefined
  /** Has the answer continued from where it was cut off; absent where it cannot be. */
  goOn: (() => void) | undefined
  newThread: (() => void) | undefined
  openServers: (() => void) | undefined
}

/** Notice is one sentence across the column, and one next action. */
export function Notice({
  icon,
  tone,
  title,
  more,
  cut = false,
  children,
}: {
  icon: IconName
  tone: 'plain' | 'warn' | 'bad'
  title: string
  more?: string | undefined
  /** The text above ends where it should not: the rule is dashed. */
  cut?: boolean
  children?: ReactNode
}) {
  return (
    <div className={cn('cut', !cut && 'solid', tone)}>
      <Icon name={icon} />
      <p>
        <b>{title}</b> {more}
      </p>
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
  // An answer of which there is nothing yet is begun anew rather than continued.
  const goOn = isCutOff(message) && message.parts.length > 0 && remedies.goOn && (
    <Button size="sm" onClick={remedies.goOn}>
      {strings.goOn}
    </Button>
  )
  const again = remedies.again && (
    <Button variant={goOn ? 'quiet' : 'outline'} size="sm" onClick={remedies.again}>
      {!goOn && <Icon name="again" size="sm" />}
      {goOn ? strings.startOver : strings.tryAgain}
    </Button>
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
  if (message.status === 'failed') {
    const { kind, message: why } = message.failure ?? { kind: 'internal', message: '' }
    return (
      <Notice
        icon="warning"
        tone="bad"
        cut={written}
        title={strings.failure[kind]}
        more={unless(why, strings.failure[kind])}
      >
        <FailureAction kind={kind} remedies={remedies} remedy={remedy} />
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

/** Whether an answer ended before it was complete, so that the server continues it. */
function isCutOff({ status, finishReason }: Message): boolean {
  return status === 'failed' || status === 'stopped' || finishReason === 'length'
}

/** A server's sentence is left out where it only repeats the title. */
function unless(sentence: string, title: string): string | undefined {
  return sentence === title ? undefined : sentence
}

function FailureAction({ kind, remedies, remedy }: { kind: Kind; remedies: Remedies; remedy: ReactNode }) {
  switch (kind) {
    case 'context_too_long':
      return (
        remedies.newThread && (
          <Button size="sm" onClick={remedies.newThread}>
            {strings.newThread}
          </Button>
        )
      )
    case 'server_down':
      return (
        <>
          {remedies.openServers && (
            <Button size="sm" onClick={remedies.openServers}>
              {strings.openServers}
            </Button>
          )}
          {remedy}
        </>
      )
    case 'unauthenticated':
      return (
        <Button size="sm" onClick={() => location.reload()}>
          {strings.signIn}
        </Button>
      )
    default:
      return remedy
  }
}
