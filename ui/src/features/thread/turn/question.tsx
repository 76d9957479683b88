import { useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { formatMoment, formatTime } from '@/lib/format'
import { strings } from '@/strings/thread'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { CopyButton } from '@/ui/copy-button'
import { IconButton } from '@/ui/icon-button'
import type { Message } from '@/wire/wire.gen'
import { attachedTo } from '../state/attached'
import { BranchPicker } from './branch-picker'
import { firstWords, isMarkdown } from '../prose/markup'
import { Prose } from '../prose/prose'
import { QuestionAttachments } from './question-attachments'
import { QuestionEdit } from './question-edit'
import { useReader } from '../state/reader'
import type { Branch } from '../state/tree'
import { textOf } from '../state/turns'

/** A question longer than this reads as a text, not as a heading. */
const headingUpTo = 240
/** And one longer than this is folded. */
const wholeUpTo = 1_200

/**
 * Question heads its turn: who asked, when, which version of how many, and the
 * words: as they were written, or drawn like an answer where they are Markdown. Editing asks it
 * again as another version.
 */
export function Question({
  message,
  branch,
  onSelect,
  onEdit,
}: {
  message: Message
  branch: Branch | undefined
  onSelect: (id: string) => void
  /** Resolves when it is asked. Absent while nothing can be asked: its button keeps its place. */
  onEdit: ((text: string) => Promise<void>) | undefined
}) {
  const { name } = useReader()
  const [editing, setEditing] = useState(false)
  const [whole, setWhole] = useState(false)
  const editButton = useRef<HTMLButtonElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const text = textOf(message)
  const at = new Date(message.createdAt)
  const attached = useMemo(() => attachedTo(message), [message])
  const marked = isMarkdown(text)
  const folded = text.length > wholeUpTo && !whole
  return (
    <header className="ask">
      <div className="ask__meta">
        <b>{name === '' ? strings.you : firstName(name)}</b>
        <time dateTime={message.createdAt} title={formatMoment(at)}>
          {formatTime(at)}
        </time>
        {branch && <BranchPicker message={message.id} branch={branch} onSelect={onSelect} />}
        {!editing && (
          <span className="ask__acts">
            <IconButton
              ref={editButton}
              icon="edit"
              iconSize="sm"
              label={strings.editQuestion}
              dense
              onClick={() => setEditing(true)}
              disabled={!onEdit}
            />
            <CopyButton text={text} words={strings.copyQuestion} dense />
          </span>
        )}
      </div>
      {editing ? (
        <QuestionEdit
          text={text}
          onCancel={() => {
            flushSync(() => setEditing(false))
            editButton.current?.focus()
          }}
          onSend={
            onEdit &&
            (async (edited) => {
              await onEdit(edited)
              setEditing(false)
            })
          }
        />
      ) : (
        <>
          {marked ? (
            <>
              <h2 ref={heading} tabIndex={-1} className="sr-only">
                {firstWords(text, 80)}
              </h2>
              <div className={cn('ask__text marked', folded && 'folded')}>
                <Prose text={text} streaming={false} />
              </div>
            </>
          ) : (
            <h2
              ref={heading}
              tabIndex={-1}
              className={cn('ask__text', text.length > headingUpTo && 'long', folded && 'folded')}
            >
              {text}
            </h2>
          )}
          {folded && (
            <Button
              variant="accent"
              size="sm"
              className="-ml-2"
              onClick={() => {
                setWhole(true)
                heading.current?.focus()
              }}
            >
              {strings.showWhole}
            </Button>
          )}
        </>
      )}
      {attached.length > 0 && <QuestionAttachments parts={attached} />}
    </header>
  )
}

function firstName(name: string): string {
  return name.split(/\s+/)[0] ?? name
}
