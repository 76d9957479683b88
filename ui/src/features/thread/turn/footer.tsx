import { Fragment, useId, useState } from 'react'
import { formatMoment, formatTime } from '@/lib/format'
import { partOf, usePart } from '@/lib/part'
import { strings } from '@/strings/thread'
import { strings as words } from '@/strings/thread-receipt'
import { CopyButton } from '@/ui/copy-button'
import { Icon } from '@/ui/icon'
import { IconButton } from '@/ui/icon-button'
import type { Message } from '@/wire/wire.gen'
import { BranchPicker } from './branch-picker'
import { copiedText } from '../prose/copied-text'
import { useReader } from '../state/reader'
import { receiptOf } from '../receipt/receipt'
import type { Branch } from '../state/tree'

const receipt = partOf(() => import('../receipt/receipt-view'))

/** Footer closes an answer: what can be done with it, when it ended, and what it rests on, which opens into all of it. */
export function Footer({
  question,
  callsBefore,
  message,
  before,
  branch,
  onSelect,
  onAgain,
}: {
  question: Message | undefined
  /** How many calls there are before the first of these messages. */
  callsBefore: number
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
    .map(copiedText)
    .filter((one) => one !== '')
    .join('\n\n')
  const facts = receiptOf(messages, modelLabel)
  const [open, setOpen] = useState(false)
  const view = usePart(receipt)
  const body = useId()
  const shown = open && view !== undefined
  return (
    <footer>
      <div className="afoot">
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
        {message.endedAt !== undefined && (
          <time className="num" dateTime={message.endedAt} title={formatMoment(new Date(message.endedAt))}>
            {formatTime(new Date(message.endedAt))}
          </time>
        )}
        <button
          type="button"
          className="src num"
          aria-expanded={shown}
          aria-controls={shown ? body : undefined}
          title={words.show}
          onClick={() => {
            void receipt.load()
            setOpen(!shown)
          }}
        >
          {facts.map((fact, i) => (
            <Fragment key={fact}>
              {i > 0 && <span aria-hidden="true">·</span>}
              <span>
                {fact}
                {i === facts.length - 1 && <Icon name="chevronRight" size="xs" className="chev" />}
              </span>
            </Fragment>
          ))}
        </button>
      </div>
      {shown && (
        <div id={body}>
          <view.ReceiptView messages={messages} question={question} callsBefore={callsBefore} />
        </div>
      )}
    </footer>
  )
}
