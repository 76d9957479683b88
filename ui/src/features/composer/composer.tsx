import {
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react'
import type { PromptSource } from '@/lib/prompts'
import { cn } from '@/ui/cn'
import { Icon } from '@/ui/icon'
import { Tooltip } from '@/ui/tooltip'
import { GrowingTextarea } from './growing-textarea'
import { excess } from '@/lib/length'
import { ComposerNotice } from './composer-notice'
import { text } from './strings'
import { useComposer } from './use-composer'
import { useSlash } from './use-slash'

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
  /** Rejects with an ApiError if the server did not take the text. */
  onSend: (text: string) => Promise<void>
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
    onSend,
    onStop,
    prompts,
    left,
    right,
    ref,
  } = props
  const composer = useComposer(draft, onSend, onStop)
  const { phase } = composer
  const field = useRef<HTMLTextAreaElement>(null)
  const slash = useSlash(prompts, composer, field)
  const [hurried, setHurried] = useState(false)
  const noteId = useId()
  const over = useMemo(() => excess(composer.text, maxText), [composer.text, maxText])
  const empty = !/\S/.test(composer.text)
  const ready = !empty && over === null && !running && phase.name !== 'sending' && blocked === undefined

  useEffect(() => focusOf(field.current), [])
  useImperativeHandle(ref, () => ({
    focus: () => focusOf(field.current),
    send: (question) => void composer.send(question, false),
    prompt: slash.begin,
  }))

  const submit = () => {
    if (running && !empty) setHurried(true)
    if (ready) void composer.send(composer.text, true)
    field.current?.focus()
  }
  const keyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (slash.keyDown(event)) return
    // While an input method composes, Enter chooses a candidate. Safari ends the
    // composition before the key arrives, which then has the code 229.
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    event.preventDefault()
    submit()
  }
  const note =
    over !== null
      ? text.tooLong(over, maxText)
      : (blocked ?? (hurried && running ? (waiting ? text.decideFirst : text.wait) : undefined))

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
      <div className="relative rounded-xl border border-line-strong bg-raised shadow-1 transition-colors focus-within:border-focus">
        {slash.panel}
        <GrowingTextarea
          id="message"
          ref={field}
          value={composer.text}
          placeholder={placeholder}
          aria-label={text.label}
          aria-describedby={noteId}
          aria-invalid={over !== null}
          enterKeyHint="send"
          onChange={(event) => {
            setHurried(false)
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
            over === null ? 'text-ink-2' : 'text-danger',
          )}
        >
          {note ?? (prompts ? `${text.keys} ${text.slashHint}` : text.keys)}
        </p>
        <div className="flex min-w-0 items-center gap-0.5 px-2 pt-1 pb-2">
          {left}
          <span className="flex-1" />
          {right}
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
