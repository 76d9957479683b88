import { memo } from 'react'
import { Answer } from './answer'
import type { Connection, LiveMessage } from '../state/live-run'
import { Question } from './question'
import type { Branch } from '../state/tree'
import type { Turn } from '../state/turns'

/** What can be done in a turn; all of it stays the same while an answer streams. */
export interface TurnActions {
  /** Asks something else; rejects with an ApiError. Absent while an answer is being written. */
  edit: ((messageId: string, text: string) => Promise<void>) | undefined
  again: ((messageId: string) => void) | undefined
  /** Continues an answer that was cut off. */
  goOn: ((messageId: string) => void) | undefined
  select: (messageId: string) => void
  newThread: (() => void) | undefined
  openServers: (() => void) | undefined
  openModels: (() => void) | undefined
}

/** TurnView is a question with its answer, and with what went on from there. Only the turn being written draws again as it grows. */
export const TurnView = memo(function TurnView({
  turn: { key, question, answers },
  found,
  leaf,
  day,
  siblings,
  live,
  connection,
  actions,
}: {
  turn: Turn
  /** A link has led to it: shown for a moment, with each visit again. */
  found?: string | undefined
  /** The thread ends with it, so that its answer can be continued. */
  leaf: boolean
  /** The day's name, where this turn is the first of it. */
  day: string | undefined
  /** The branches of the thread's messages, by their ids. */
  siblings: ReadonlyMap<string, Branch>
  /** The store of the last answer, where that is being written. */
  live: LiveMessage | undefined
  connection: Connection
  actions: TurnActions
}) {
  const { edit, again, goOn, newThread, openServers, openModels } = actions
  return (
    <>
      {day !== undefined && <div className="day">{day}</div>}
      <article className="turn" data-turn={key}>
        {found !== undefined && <div key={found} className="turn__found" />}
        {question && (
          <Question
            message={question}
            branch={siblings.get(question.id)}
            onSelect={actions.select}
            onEdit={edit && ((text) => edit(question.id, text))}
          />
        )}
        {answers.map(({ message, callsBefore }, i) => {
          const last = i === answers.length - 1
          return (
            <Answer
              key={message.id}
              message={message}
              live={last ? live : undefined}
              question={question}
              callsBefore={callsBefore}
              before={answers.slice(0, i).map((a) => a.message)}
              continued={!last}
              branch={siblings.get(message.id)}
              connection={connection}
              remedies={{
                again: again && (() => again(answers[0]?.message.id ?? message.id)),
                goOn: leaf && last && goOn ? () => goOn(message.id) : undefined,
                newThread,
                openServers,
                openModels,
              }}
              onSelect={actions.select}
            />
          )
        })}
      </article>
    </>
  )
})
