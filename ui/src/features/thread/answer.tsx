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
  /** The message as it is stored. */
  message: Message
  /** The message as it is being written, if it is. */
  live: LiveMessage | undefined
  callsBefore: number
  branch: Branch | undefined
  connection: Connection
  remedies: Remedies
  onSelect: (id: string) => void
}

const silent = () => () => undefined
const nothing = () => undefined

/**
 * Answer shows text, thoughts and calls in the order in which they happened. While
 * it is being written it follows the store; when that is done it stays as it is,
 * with all that its reader has opened.
 */
export function Answer({
  message: stored,
  live,
  callsBefore,
  branch,
  connection,
  remedies,
  onSelect,
}: AnswerProps) {
  const message = useSyncExternalStore(live?.subscribe ?? silent, live?.get ?? nothing) ?? stored
  const writing = live !== undefined
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
                streaming={writing && segment.part.state === 'streaming'}
              />
            )
          case 'thought':
            return <Thought key={segment.key} parts={segment.parts} live={writing} />
          default:
            return (
              <Ledger
                key={segment.key}
                calls={segment.calls}
                stopped={message.status === 'stopped'}
                writing={running && writing}
              />
            )
        }
      })}
      {running && writing && <Working message={message} connection={connection} />}
      <Ending message={message} live={writing} remedies={remedies} />
      {(running ? branch && remedies.again : (branch ?? segments.length > 0)) && (
        <Footer message={message} branch={branch} onSelect={onSelect} onAgain={remedies.again} />
      )}
    </div>
  )
}
