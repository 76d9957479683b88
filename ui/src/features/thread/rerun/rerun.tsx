import { useRef, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { shortcutKeys, shortcutLabel } from '@/lib/shortcut'
import { strings } from '@/strings/thread-rerun'
import { Button } from '@/ui/button'
import { Icon } from '@/ui/icon'
import type { ToolPart } from '@/wire/wire.gen'
import { ArgumentField } from '../ask/argument-field'
import { fieldsOf, outcomeOf, write } from '../ask/arguments'
import { placeOf, type Piece } from './error-place'
import { OwnRuns } from './own-runs'
import { Elapsed, Outcome } from './rerun-outcome'
import { sqlEntry } from '../panel/sql-tokens'
import { useMayRerun, useReruns } from './use-reruns'
import '../ask/ask.css'
import './rerun.css'

export { TryAgain } from './try-again'

type Props = { part: ToolPart; number: number }

const buttonId = (part: ToolPart) => `edit-${part.toolCallId}`
const editorId = (part: ToolPart) => `editor-${part.toolCallId}`

/** EditButton opens the editor of a call that may be run again; for others it is absent. */
export function EditButton({ part }: Pick<Props, 'part'>) {
  const { store, now } = useReruns(part)
  const offered = useMayRerun(part)
  if (!offered || now.editing) return null
  return (
    <Button
      id={buttonId(part)}
      variant="quiet"
      size="sm"
      aria-label={strings.edit}
      onClick={() => {
        flushSync(() => store.tell({ type: 'edit' }))
        focusEditor(part)
      }}
    >
      <Icon name="edit" size="sm" />
      <span className="wide-only">{strings.edit}</span>
    </Button>
  )
}

/** RerunPanel shows what a call was asked, or its editor, and the person's own runs of it below. */
export function RerunPanel({ part, number, children }: Props & { children?: ReactNode }) {
  const { store, now } = useReruns(part)
  const offered = useMayRerun(part)
  const editing = offered && now.editing
  return (
    <>
      {editing ? <Editor part={part} number={number} /> : children}
      {!editing && (
        <div className="rerun alone">
          <Outcome part={part} going={now.going} unreachable={strings.noAnswer} />
        </div>
      )}
      <OwnRuns
        part={part}
        number={number}
        runs={now.runs}
        open={now.open}
        onShow={(run) => store.tell({ type: 'show', run })}
        onEdit={
          offered
            ? ({ input }) => {
                flushSync(() => store.tell({ type: 'edit', draft: draftOf(part, input) }))
                focusEditor(part)
              }
            : undefined
        }
      />
    </>
  )
}

/** Returns the draft that makes a call's arguments these. */
function draftOf(part: ToolPart, input: unknown) {
  const before = fieldsOf(part.input)
  const texts = new Map(fieldsOf(input).map((f) => [f.name, f.text]))
  return new Map(
    before.flatMap(({ name, text }) => {
      const now = texts.get(name) ?? text
      return now === text ? [] : [[name, now] as const]
    }),
  )
}

/** Gives the focus to the SQL, or to the first field where there is none. */
function focusEditor(part: ToolPart) {
  const editor = document.getElementById(editorId(part))
  const field = editor?.querySelector<HTMLElement>('.sql textarea') ?? editor?.querySelector('textarea')
  field?.focus()
}

/**
 * Editor is where the arguments of a call are changed and run, SQL coloured as it is
 * written. Ctrl or ⌘ and Enter run them, Escape leaves; what was written stays.
 */
function Editor({ part, number }: Props) {
  const { store, now, run } = useReruns(part)
  const { going, draft } = now
  const fields = fieldsOf(part.input)
  const { input, mistakes } = outcomeOf(fields, draft)
  const running = going.name === 'running'
  const box = useRef<HTMLElement>(null)
  const [name, sql] = sqlEntry(input ?? part.input) ?? []
  const place = going.name === 'refused' && sql !== undefined ? placeOf(going.text, sql) : undefined

  const start = () => {
    if (running || mistakes.size > 0) return
    run(input ?? Object.fromEntries(Object.entries(part.input ?? {})))
  }
  const leave = () => {
    flushSync(() => store.tell({ type: 'leave' }))
    document.getElementById(buttonId(part))?.focus()
  }
  const show = ({ start, end }: Piece) => {
    const field = box.current?.querySelectorAll('textarea')[fields.findIndex((f) => f.name === name)]
    field?.focus()
    field?.setSelectionRange(start, end)
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the shortcuts hold for all that is inside
    <section
      ref={box}
      role="group"
      id={editorId(part)}
      className="rerun"
      aria-label={strings.editor(number)}
      onKeyDown={(e) => {
        if (e.nativeEvent.isComposing) return
        if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
          e.preventDefault()
          start()
        } else if (e.key === 'Escape') {
          e.stopPropagation()
          leave()
        }
      }}
    >
      {fields.map((field) => (
        <ArgumentField
          key={field.name}
          field={field}
          text={draft.get(field.name) ?? field.text}
          mistake={mistakes.get(field.name)}
          fixed={false}
          onChange={(text) => store.tell({ type: 'write', draft: write(draft, field, text) })}
        />
      ))}
      <div className="acts">
        <Button
          variant={running ? 'outline' : 'primary'}
          size="sm"
          aria-disabled={!running && mistakes.size > 0}
          {...(running ? {} : { 'aria-keyshortcuts': shortcutKeys('Enter') })}
          onClick={running ? () => store.stop() : start}
        >
          {running && <Icon name="stop" size="sm" />}
          {running ? strings.stop : strings.run}
          {!running && <kbd aria-hidden="true">{shortcutLabel('↵')}</kbd>}
        </Button>
        <Button variant="quiet" size="sm" onClick={leave}>
          {strings.cancel}
        </Button>
        <Elapsed going={going} />
        <span className="spring" />
        <span className="dim wide-only">{strings.stays}</span>
      </div>
      <Outcome part={part} going={going} place={place} onShow={show} unreachable={strings.unreachable} />
    </section>
  )
}
