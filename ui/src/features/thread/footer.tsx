import { Fragment } from 'react'
import { formatMoment } from '@/lib/format'
import { CopyButton } from '@/ui/copy-button'
import { IconButton } from '@/ui/icon-button'
import type { Message } from '@/wire/wire.gen'
import { BranchPicker } from './branch-picker'
import { useReader } from './reader'
import { receiptOf } from './receipt'
import { strings } from './strings'
import type { Branch } from './tree'
import { textOf } from './turns'

/** Footer closes an answer: what can be done with it, and what it rests on. */
export function Footer({
  message,
  before,
  branch,
  onSelect,
  onAgain,
}: {
  message: Message
  /** The messages that it continues. */
  before: readonly Message[]
  branch: Branch | undefined
  onSelect: (id: string) => void
  /** Absent while nothing can be asked: its button keeps its place. */
  onAgain: (() => void) | undefined
}) {
  const { modelLabel } = useReader()
  const messages = [...before, message]
  const text = messages
    .map(textOf)
    .filter((one) => one !== '')
    .join('\n\n')
  const facts = receiptOf(messages, modelLabel)
  return (
    <footer className="afoot">
      <div className="acts">
        {text !== '' && <CopyButton text={text} words={strings.copyAnswer} />}
        {message.status === 'finished' && (
          <IconButton
            icon="again"
            iconSize="sm"
            label={strings.answerAgain}
            onClick={onAgain}
            disabled={!onAgain}
          />
        )}
        {branch && <BranchPicker message={message.id} branch={branch} onSelect={onSelect} />}
      </div>
      <span className="src num" title={message.endedAt && formatMoment(new Date(message.endedAt))}>
        {facts.map((fact, i) => (
          <Fragment key={fact}>
            {i > 0 && <span aria-hidden="true">·</span>}
            <span>{fact}</span>
          </Fragment>
        ))}
      </span>
    </footer>
  )
}
