import { memo } from 'react'
import { Answer } from './answer'
import type { Connection, LiveMessage } from './live-run'
import { Question } from './question'
import type { Branch } from './tree'
import type { Turn } from './turns'

/** What can be done in a turn; all of it stays the same while an answer streams. */
export interface TurnActions {
  /** Asks something else; absent while an answer is being written. */
  edit: ((messageId: string, text: string) => void) | undefined
  again: ((messageId: string) => void) | undefined
  goOn: (() => void) | undefined
  select: (messageId: string) => void
  newThread: (() => void) | undefined
  openServers: (() => void) | undefined
}

/** TurnView is a question with its answer. Only the turn being written draws again as it grows. */
export const TurnView = memo(function TurnView({
  turn: { question, answer, callsBefore },
  day,
  questionBranch,
  answerBranch,
  live,
  connection,
  actions,
}: {
  turn: Turn
  /** The day's name, where this turn is the first of it. */
  day: string | undefined
  questionBranch: Branch | undefined
  answerBranch: Branch | undefined
  /** The answer's store, where it is being written. */
  live: LiveMessage | undefined
  connection: Connection
  actions: TurnActions
}) {
  const { edit, again, goOn, newThread, openServers } = actions
  return (
    <>
      {day !== undefined && <div className="day">{day}</div>}
      <article className="turn">
        {question && (
          <Question
            message={question}
            branch={questionBranch}
            onSelect={actions.select}
            onEdit={edit && ((text) => edit(question.id, text))}
          />
        )}
        {answer && (
          <Answer
            message={answer}
            live={live}
            callsBefore={callsBefore}
            branch={answerBranch}
            connection={connection}
            remedies={{ again: again && (() => again(answer.id)), goOn, newThread, openServers }}
            onSelect={actions.select}
          />
        )}
      </article>
    </>
  )
})
