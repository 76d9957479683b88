import { use, useMemo, useSyncExternalStore } from 'react'
import { formatTime } from '@/lib/format'
import { strings } from '@/strings/thread'
import type { Message, Report } from '@/wire/wire.gen'
import { Astray } from '../marks/astray'
import { CallsContext, type CallOf } from '../marks/calls'
import { rowMarksOf, withCited } from '../marks/figures'
import { FileList } from './file-list'
import { Footer } from './footer'
import { keptOf, KeptContext } from '../state/kept'
import { Ledger } from '../call/ledger'
import type { Connection, LiveMessage } from '../state/live-run'
import { Ending, Notice, ServerNotices, type Remedies } from './notices'
import { CitedContext, type Cited } from '../rows/pointer'
import { Prose } from '../prose/prose'
import { SourceList } from '../marks/source-list'
import { marksOf, sourcesOf } from '../marks/sources'
import { Thought } from '../prose/thought'
import type { Branch } from '../state/tree'
import { segmentsOf } from '../state/turns'
import { Unfound } from '../marks/unfound'
import { Working } from './working'

/** What an answer needs beside its message. */
export interface AnswerProps {
  /** The message as it is stored. */
  message: Message
  /** The message as it is being written, if it is. */
  live: LiveMessage | undefined
  /** The question that it answers. */
  question: Message | undefined
  callsBefore: number
  /** The messages of the turn that it continues. */
  before: readonly Message[]
  /** Another message goes on from where it was cut off. */
  continued: boolean
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
export function Answer(props: AnswerProps) {
  const { message: stored, live, callsBefore, before, continued, branch, connection, remedies } = props
  const message = useSyncExternalStore(live?.subscribe ?? silent, live?.get ?? nothing) ?? stored
  const writing = live !== undefined
  const running = message.status === 'running'
  const { parts } = message
  const segments = segmentsOf(parts, callsBefore)
  const sources = sourcesOf(parts)
  const files = keptOf([...before.flatMap((m) => m.parts), ...parts])
  const calls = callsBefore + callsIn(message)
  const callOf = useCallOf(message, callsBefore)
  const cited = useCited(message)
  const footer = continued ? branch : running ? branch && remedies.again : (branch ?? segments.length > 0)
  return (
    <CallsContext value={callOf}>
      <CitedContext value={cited}>
        <div className="answer">
          {before.length > 0 && (
            <p className="went-on">
              <span>{strings.wentOn(formatTime(new Date(message.createdAt)))}</span>
            </p>
          )}
          {message.notices && <ServerNotices notices={message.notices} remedies={remedies} />}
          {segments.map((segment) => {
            switch (segment.kind) {
              case 'text':
              case 'commentary':
                return (
                  <KeptContext key={segment.key} value={files}>
                    <Prose
                      text={segment.part.text}
                      streaming={writing && segment.part.state === 'streaming'}
                      marks={[
                        ...marksOf(parts, sources, segment.part.id),
                        ...(segment.kind === 'text'
                          ? rowMarksOf(segment.part.text, reportOf(message, segment.part.id), calls)
                          : []),
                      ].toSorted((a, b) => a.start - b.start)}
                      quiet={segment.kind === 'commentary'}
                    />
                  </KeptContext>
                )
              case 'refusal':
                return (
                  <Notice
                    key={segment.key}
                    icon="blocked"
                    tone="plain"
                    title={strings.refusal}
                    more={segment.part.text.trim()}
                  />
                )
              case 'thought':
                return <Thought key={segment.key} parts={segment.parts} live={writing} />
              case 'files':
                return <FileList key={segment.key} files={segment.parts} />
              default:
                return (
                  <Ledger
                    key={segment.key}
                    calls={segment.calls}
                    status={message.status}
                    writing={running && writing}
                  />
                )
            }
          })}
          {running && writing && <Working message={message} connection={connection} />}
          {sources.length > 0 && <SourceList sources={sources} />}
          <Unfound message={message} />
          <Astray message={message} />
          {!continued && <Ending message={message} live={writing} remedies={remedies} />}
          {footer && (
            <Footer
              question={props.question}
              callsBefore={callsBefore - before.reduce((n, m) => n + callsIn(m), 0)}
              message={message}
              before={before}
              branch={branch}
              onSelect={props.onSelect}
              onAgain={remedies.again}
            />
          )}
        </div>
      </CitedContext>
    </CallsContext>
  )
}

function callsIn({ parts }: Message): number {
  return parts.filter((p) => p.type === 'dynamic-tool').length
}

function reportOf(message: Message, textId: string): Report | undefined {
  return message.grounding?.find((g) => g.textId === textId)?.report
}

/** Finds calls by their numbers: those of this answer as soon as it is checked, or those before it. */
function useCallOf({ grounding, parts }: Message, before: number): CallOf {
  const earlier = use(CallsContext)
  const checked = grounding && parts
  return useMemo(() => {
    const calls = (checked ?? []).filter((p) => p.type === 'dynamic-tool')
    return (number) => (number > before ? calls[number - before - 1] : earlier(number))
  }, [checked, before, earlier])
}

/** The rows that the thread cites, and those of this answer, of which the thread learns when it is stored. */
function useCited({ grounding }: Message): Cited {
  const before = use(CitedContext)
  return useMemo(() => (grounding ? withCited(before, grounding) : before), [grounding, before])
}
