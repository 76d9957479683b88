import { useId, useRef } from 'react'
import { strings } from '@/strings/thread'
import { cn } from '@/ui/cn'
import { changeOf, hasTooManyDigits, hasUnseen, type Field, type Mistake } from './arguments'
import { SqlLines } from '../panel/sql-view'

/** A field shows so many lines before it scrolls. */
const mostRows = 14

/**
 * ArgumentField is an argument of a call to be looked at and changed: what was changed
 * is marked and can be taken back, and what cannot be sent says so at once.
 */
export function ArgumentField({
  field,
  text,
  mistake,
  fixed,
  onChange,
}: {
  field: Field
  /** What stands in the field now. */
  text: string
  mistake: Mistake | undefined
  /** It can only be looked at. */
  fixed: boolean
  onChange: (text: string) => void
}) {
  const id = useId()
  const box = useRef<HTMLTextAreaElement>(null)
  const edited = text !== field.text
  const rounded = field.kind === 'json' && !edited && hasTooManyDigits(JSON.parse(field.text))
  const notes = [
    mistake && strings.mistakes[mistake],
    rounded && strings.rounded,
    hasUnseen(text) && strings.unseen,
  ].filter((note) => typeof note === 'string')
  const area = (
    <textarea
      ref={box}
      id={id}
      value={text}
      rows={Math.min(text.split('\n').length, mostRows)}
      readOnly={fixed || rounded}
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      aria-invalid={mistake !== undefined}
      aria-describedby={`${id}-note`}
      onChange={(e) => onChange(e.target.value)}
    />
  )
  return (
    <div className="arg">
      <div className="lab">
        <label htmlFor={id}>
          <code>{field.name}</code> <span>{field.kind === 'sql' ? strings.sql : field.type}</span>
        </label>
        <span className="spring" />
        {edited && (
          <>
            <span className="edited">{editedWords(field.text, text)}</span>
            <button
              type="button"
              className="link"
              aria-label={strings.resetArgument(field.name)}
              onClick={() => {
                onChange(field.text)
                box.current?.focus()
              }}
            >
              {strings.reset}
            </button>
          </>
        )}
      </div>
      <div className={cn('edit', field.kind, fixed && 'fixed', mistake && 'wrong')}>
        {field.kind === 'sql' ? (
          <div className="sqledit">
            {edited && <ChangeMark before={field.text} after={text} />}
            <pre aria-hidden="true">
              <SqlLines sql={text} />
            </pre>
            {area}
          </div>
        ) : (
          area
        )}
      </div>
      <div id={`${id}-note`} role={mistake === undefined ? undefined : 'status'}>
        {notes.map((note) => (
          <p key={note} className={mistake === undefined ? 'caution' : 'wrong'}>
            {note}
          </p>
        ))}
      </div>
    </div>
  )
}

/** Longer pieces than this would not be read beside the field. */
const shownUpTo = 24

function editedWords(before: string, after: string): string {
  const { was, is } = changeOf(before, after)
  const short = [was, is].every((piece) => piece.trim() !== '' && piece.length <= shownUpTo)
  return short ? strings.editedTo(was, is) : strings.edited
}

/** Underlines the piece that was changed, beneath the text. */
function ChangeMark({ before, after }: { before: string; after: string }) {
  const { start, is } = changeOf(before, after)
  const upTo = after.slice(0, start)
  const inside = upTo + is
  return (
    <pre aria-hidden="true" className="changes">
      {after.split('\n').map((line, i, lines) => {
        const from = lines.slice(0, i).join('\n').length + (i === 0 ? 0 : 1)
        const cut = (at: number) => Math.min(Math.max(at - from, 0), line.length)
        const [a, b] = [cut(upTo.length), cut(inside.length)]
        return (
          // oxlint-disable-next-line react/no-array-index-key -- lines have no other identity
          <span key={i} className="code-line">
            {line.slice(0, a)}
            {a < b && <mark>{line.slice(a, b)}</mark>}
            {line.slice(b)}
            {'\n'}
          </span>
        )
      })}
    </pre>
  )
}
