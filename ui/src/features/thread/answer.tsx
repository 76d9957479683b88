import { useSyncExternalStore } from 'react'
import type { Message } from '@/wire/wire.gen'
import { Footer } from './footer'
import { Ledger } from './ledger'
import type { Connection, LiveMessage } from './live-run'
import { Ending, ServerNotices, type Remedies } from './notices'
import { Prose } from './prose'
import { Thought } from './thought'
import type { Branch } from './tree'
import { segmentsOf } from './turns'
import { Working } from './working'

/** What an answer needs beside its message. */
export interface AnswerProps {
  message: Message
  callsBefore: number
  branch: Branch | undefined
  connection: Connection
  remedies: Remedies
  onSelect: (id: string) => void
}

/** LiveAnswer is an Answer that follows its message while that is being written. */
export function LiveAnswer({ live, message, ...rest }: AnswerProps & { live: LiveMessage }) {
  const now = useSyncExternalStore(live.subscribe, live.get)
  return <Answer {...rest} message={now ?? message} live />
}

/** Answer shows text, thoughts and calls in the order in which they happened. */
export function Answer({
  message,
  callsBefore,
  branch,
  connection,
  remedies,
  onSelect,
  live = false,
}: AnswerProps & {
  /** The message is being written now. */
  live?: boolean
}) {
  const running = message.status === 'running'
  const segments = segmentsOf(message.parts, callsBefore)
  return (
    <div className="answer">
      {message.notices && <ServerNotices notices={message.notices} remedies={remedies} />}
      {segments.map((segment) => {
        switch (segment.kind) {
          case 'text':
            return (
              <Prose
                key={segment.key}
                text={segment.part.text}
                streaming={live && segment.part.state === 'streaming'}
              />
            )
          case 'thought':
            return <Thought key={segment.key} parts={segment.parts} live={live} />
          default:
            return <Ledger key={segment.key} calls={segment.calls} stopped={message.status === 'stopped'} />
        }
      })}
      {running && live && <Working message={message} connection={connection} />}
      <Ending message={message} live={live} remedies={remedies} />
      {!running && segments.length > 0 && (
        <Footer message={message} branch={branch} onSelect={onSelect} onAgain={remedies.again} />
      )}
    </div>
  )
}
