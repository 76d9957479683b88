import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react'
import { excess } from '@/lib/length'
import type { PromptSource } from '@/lib/prompts'
import { text } from '@/strings/composer'
import { attachText } from '@/strings/composer-attach'
import { queueText } from '@/strings/composer-queue'
import { cn } from '@/ui/cn'
import { Icon } from '@/ui/icon'
import { IconButton } from '@/ui/icon-button'
import { Tooltip } from '@/ui/tooltip'
import type { Attachment, AttachLimits } from '@/wire/wire.gen'
import { AttachButton } from './attach-button'
import { isBig, toRequest, type Attached } from './attachment'
import { onScreenKeyboard, sends } from './enter-key'
import { GrowingTextarea } from './growing-textarea'
import { ComposerNotice } from './composer-notice'
import { queueLength, type Ended, type Queued } from './queue'
import type { Source } from './resources'
import { useAttachments } from './use-attachments'
import { useComposer } from './use-composer'
import { useDrop } from './use-drop'
import { useQueue } from './use-queue'
import { useSlash } from './use-slash'

const AttachmentBar = lazy(() => import('./attachment-bar').then((m) => ({ default: m.AttachmentBar })))
const QueueList = lazy(() => import('./queue-list').then((m) => ({ default: m.QueueList })))

/** What the page may ask of a composer. */
export type ComposerHandle = {
  /** Puts the cursor into the field, unless a keyboard would then cover the page. */
  focus: () => void
  /** Sends a question that is not in the field; it comes back into it on failure. */
  send: (question: string) => void
  /** Begins a prompt of a server: its text comes into the field, after what it requires was asked for. */
  prompt: (server: string, name: string) => void
}

/** What a composer needs. */
export type ComposerProps = {
  /** Under which name the draft is kept; null while that is not known. */
  draft: string | null
  placeholder: string
  /** An answer is being written: the button stops it. */
  running: boolean
  /** The answer being written waits for the person. */
  waiting?: boolean
  /** Bytes of UTF-8 that the server takes. */
  maxText: number
  /** Why nothing can be sent now, in one sentence. */
  blocked?: string | undefined
  /** How much can go with a question; absent as long as that is not known, and nothing can. */
  attach?: AttachLimits | undefined
  /** The servers of whose resources some can be attached. */
  sources?: readonly Source[]
  /** How the newest answer ended: what waits for it is then sent, or held. */
  ended?: Ended | undefined
  /** Rejects with an ApiError if the server did not take the text. */
  onSend: (text: string, attachments: Attachment[]) => Promise<void>
  onStop: () => Promise<void>
  /** The prompts that a text which begins with a slash chooses from. */
  prompts?: PromptSource
  /** Controls at the left and at the right of the row below the text. */
  left?: ReactNode
  right?: ReactNode
  ref?: Ref<ComposerHandle>
}

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

  useEffect(() => {
    // Where a link led to a place on the page, that has the focus already.
    const main = field.current?.closest('main')
    const taken = document.activeElement !== main && main?.contains(document.activeElement) === true
    if (!taken) focusOf(field.current)
  }, [])
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

function focusOf(field: HTMLTextAreaElement | null) {
  if (matchMedia('(hover: hover)').matches) field?.focus()
}

function SendButton({
  running,
  ready,
  busy,
  onSend,
  onStop,
}: {
  running: boolean
  ready: boolean
  busy: boolean
  onSend: () => void
  onStop: () => void
}) {
  const label = running ? (busy ? text.stopping : text.stop) : text.send
  return (
    <Tooltip label={running ? label : text.sendHint} side="top">
      <button
        type="button"
        aria-label={label}
        aria-disabled={running ? busy : !ready}
        onClick={running ? (busy ? undefined : onStop) : onSend}
        className={cn(
          'ml-1.5 grid size-8 flex-none place-items-center rounded-lg transition-colors max-sm:size-10',
          running && 'bg-ink text-canvas',
          running && busy && 'opacity-60',
          !running && ready && 'bg-primary text-primary-foreground hover:bg-primary-hover',
          !running && !ready && 'bg-pressed text-ink-3',
        )}
      >
        <Icon name={running ? 'stop' : 'arrowUp'} />
      </button>
    </Tooltip>
  )
}
