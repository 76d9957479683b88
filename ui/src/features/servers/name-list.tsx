import { text } from '@/strings/servers'
import { useState } from 'react'

/** The most names that stand in a line before the rest is asked for. */
const most = 6

/** NameList writes names one after the other; many are cut off, and shown all when that is asked for. */
export function NameList({ names, code = false }: { names: readonly string[]; code?: boolean }) {
  const [all, setAll] = useState(names.length <= most + 1)
  const shown = all ? names : names.slice(0, most)
  return (
    <span className="wrap-anywhere">
      {shown.map((name, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- two may have one name
        <span key={i}>
          {i > 0 && ', '}
          {code ? <code className="font-mono text-code">{name}</code> : name}
        </span>
      ))}
      {!all && (
        <>
          {' '}
          <button
            type="button"
            className="min-h-6 rounded-sm text-ink-2 underline decoration-line-control underline-offset-3 hover:text-ink"
            onClick={(event) => {
              // The button goes; what it showed takes its place for the keyboard.
              const place = event.currentTarget.parentElement
              setAll(true)
              place?.setAttribute('tabindex', '-1')
              place?.focus()
            }}
          >
            {text.pickMore(names.length - most)}
          </button>
        </>
      )}
    </span>
  )
}
