import {
  lazy,
  Suspense,
  useCallback,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
} from 'react'
import { excess } from '@/lib/length'
import { text } from '@/strings/composer'
import { attachText } from '@/strings/composer-attach'
import { queueText } from '@/strings/composer-queue'
import { cn } from '@/ui/cn'
import { IconButton } from '@/ui/icon-button'
import type { AttachLimits } from '@/wire/wire.gen'
import { AttachButton } from './attach-button'
import { isBig, toRequest, type Attached } from './attachment'
import { onScreenKeyboard, sends } from './enter-key'
import { GrowingTextarea } from './growing-textarea'
import { ComposerNotice } from './composer-notice'
import type { ComposerProps } from './composer-props'
import { focusOf, useFocusAtFirst } from './field-focus'
import { queueLength, type Queued } from './queue'
import type { Source } from './resources'
import { SendButton } from './send-button'
import { useAttachments } from './use-attachments'
import { useComposer } from './use-composer'
import { useDrop } from './use-drop'
import { useQueue } from './use-queue'
import { useSlash } from './use-slash'

const AttachmentBar = lazy(() => import('./attachment-bar').then((m) => ({ default: m.AttachmentBar })))
const QueueList = lazy(() => import('./queue-list').then((m) => ({ default: m.QueueList })))

/** Composer is where a question is written, sent and its answer stopped. */
export function Composer(props: ComposerProps) {
  const {
    draft,
    placeholder,
    running,
    waiting = false,
    maxText,
    blocked,
    attach,
    sources = none,
    ended,
    onSend,
    onStop,
    prompts,
    left,
    right,
    ref,
  } = props
  const attachments = useAttachments(draft, attach ?? nothingFits)
  const composer = useComposer(draft, onSend, onStop, attachments)
  const sendQueued = useCallback(
    (question: string, attached: readonly Attached[]) => onSend(question, toRequest(attached)),
    [onSend],
  )
  const queue = useQueue(draft, { running, ended }, sendQueued)
  const drop = useDrop((files) => void attachments.addFiles(files))
  const { phase } = composer
  const field = useRef<HTMLTextAreaElement>(null)
  const slash = useSlash(prompts, composer, field)
  const [aloud, setAloud] = useState('')
  const noteId = useId()
  const over = useMemo(() => excess(composer.text, maxText), [composer.text, maxText])
  const empty = !/\S/.test(composer.text)
  const ready = !empty && over === null && !running && phase.name !== 'sending' && blocked === undefined

  useFocusAtFirst(field)
  useImperativeHandle(ref, () => ({
    focus: () => focusOf(field.current),
    send: (question) => void composer.send(question, false),
    prompt: slash.begin,
  }))

  const submit = () => {
    if (empty && attachments.items.length > 0) attachments.say({ words: attachText.needsWords, tone: 'hint' })
    if (running && !empty && over === null) enqueue()
    if (ready) void composer.send(composer.text, true)
    field.current?.focus()
  }
  const enqueue = () => {
    if (!queue.add(composer.text.trim(), attachments.items)) {
      attachments.say({ words: queueText.full(queueLength), tone: 'hint' })
      return
    }
    attachments.take()
    attachments.settle(true)
    composer.write('')
    setAloud(queueText.added)
  }
  const intoText = (more: string) => {
    composer.write([composer.text, more].filter((part) => part !== '').join('\n\n'))
    field.current?.focus()
  }
  const editQueued = (item: Queued) => {
    queue.remove(item.id)
    composer.write([item.text, composer.text].filter((part) => part !== '').join('\n\n'))
    attachments.putBack(item.attached)
    field.current?.focus()
  }
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const pasted = event.clipboardData.getData('text/plain')
    if (attach === undefined) return
    if (pasted === '' && event.clipboardData.files.length > 0) {
      event.preventDefault()
      void attachments.addFiles([...event.clipboardData.files])
    } else if (isBig(pasted)) {
      event.preventDefault()
      attachments.paste(pasted)
    }
  }
  const keyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (slash.keyDown(event)) return
    if (!sends(event)) return
    event.preventDefault()
    submit()
  }
  const { said } = attachments
  const note =
    over !== null
      ? text.tooLong(over, maxText)
      : said !== null && said.tone !== 'aloud'
        ? said.words
        : blocked

  return (
    <div>
      {phase.name === 'failed' && (
        <ComposerNotice
          problem={phase.problem}
          during={phase.during}
          onRetry={() => (phase.during === 'stop' ? void composer.stop() : submit())}
          onDismiss={() => {
            composer.dismiss()
            focusOf(field.current)
          }}
        />
      )}
      {queue.items.length > 0 && (
        <Suspense>
          <QueueList
            items={queue.items}
            running={running}
            waiting={waiting}
            onEdit={editQueued}
            onRemove={(item) => {
              queue.remove(item.id)
              field.current?.focus()
            }}
            onRestore={queue.restore}
            onRelease={queue.release}
          />
        </Suspense>
      )}
      <p role="status" className="sr-only">
        {said?.tone === 'aloud' ? said.words : aloud}
      </p>
      <div
        className="relative rounded-xl border border-line-strong bg-raised shadow-1 transition-colors focus-within:border-focus data-drop:border-focus data-drop:bg-accent-tint"
        data-drop={drop.over ? '' : undefined}
        {...(attach !== undefined && drop.target)}
      >
        {slash.panel}
        {attachments.items.length > 0 && (
          <Suspense>
            <AttachmentBar
              items={attachments.items}
              onRemove={attachments.remove}
              onIntoText={(one) => {
                attachments.remove(one.id, attachText.inText)
                intoText(one.text)
              }}
              toField={() => field.current?.focus()}
            />
          </Suspense>
        )}
        <GrowingTextarea
          id="message"
          ref={field}
          value={composer.text}
          placeholder={placeholder}
          aria-label={text.label}
          aria-describedby={noteId}
          aria-invalid={over !== null}
          enterKeyHint={onScreenKeyboard() ? 'enter' : 'send'}
          onPaste={paste}
          onChange={(event) => {
            attachments.say(null)
            setAloud('')
            composer.write(event.target.value)
            slash.wrote(event.target.value)
          }}
          onKeyDown={keyDown}
          {...slash.field}
          className="min-h-11 px-4 pt-3 pb-1 text-base max-sm:text-[16px]"
        />
        <p
          id={noteId}
          role="status"
          className={cn(
            'px-4 text-xs text-pretty',
            note === undefined ? 'sr-only' : 'pt-1',
            over === null && said?.tone !== 'wrong' ? 'text-ink-2' : 'text-danger',
          )}
        >
          {note ??
            [onScreenKeyboard() ? text.keysOnScreen : text.keys, prompts ? text.slashHint : '']
              .join(' ')
              .trim()}
        </p>
        <div className="flex min-w-0 items-center gap-0.5 px-2 pt-1 pb-2">
          {attach !== undefined && (
            <AttachButton
              sources={sources}
              attachments={attachments}
              toField={() => focusOf(field.current)}
            />
          )}
          {left}
          <span className="flex-1" />
          {right}
          {running && !empty && (
            <IconButton
              icon="arrowUp"
              label={queueText.queue}
              hint={queueText.queueHint}
              className="ml-1.5"
              onClick={submit}
            />
          )}
          <SendButton
            running={running}
            ready={ready}
            busy={phase.name === 'sending' || phase.name === 'stopping'}
            onSend={submit}
            onStop={() => {
              void composer.stop()
              field.current?.focus()
            }}
          />
        </div>
      </div>
    </div>
  )
}

const none: readonly Source[] = []
const nothingFits: AttachLimits = { count: 0, each: 0, total: 0 }
