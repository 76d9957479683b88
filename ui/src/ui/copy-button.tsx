import { useEffect, useState, type ReactNode } from 'react'
import { Button } from './button'
import { Icon } from './icon'
import { IconButton } from './icon-button'

const shownFor = 1500

type State = 'idle' | 'copied' | 'failed'

/**
 * useCopy returns whether a copy has just been made or refused, and a function that
 * copies text to the clipboard. The state falls back to idle by itself.
 */
export function useCopy(): [State, (text: string) => void] {
  const [state, setState] = useState<State>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), shownFor)
    return () => clearTimeout(timer)
  }, [state])
  const copy = (text: string) => {
    write(text).then(
      () => setState('copied'),
      () => setState('failed'),
    )
  }
  return [state, copy]
}

/** Rejects if the text could not be copied. A page without encryption has no clipboard, but an older way. */
async function write(text: string) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const focused = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'sr-only'
  // Within an open dialog nothing outside of it can be selected.
  const host = focused?.closest('[role=dialog]') ?? document.body
  host.append(field)
  field.focus({ preventScroll: true })
  field.select()
  // oxlint-disable-next-line typescript/no-deprecated -- there is nothing else where this is needed
  const done = document.execCommand('copy')
  field.remove()
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })
  if (!done) throw new Error('not copied')
}

/** The words of a copy button, handed in by the feature that owns them. */
export type CopyWords = { copy: string; copied: string; failed: string }

/**
 * CopyButton copies a text, built when it is pressed, and says so for a moment to
 * eye and ear. With children it is a text button, else an icon.
 */
export function CopyButton({
  text,
  words,
  children,
  className,
  dense = false,
  variant = 'quiet',
}: {
  text: string | (() => string)
  words: CopyWords
  children?: ReactNode
  className?: string
  dense?: boolean
  /** The look of a text button. */
  variant?: 'quiet' | 'outline'
}) {
  const [state, copy] = useCopy()
  const press = () => copy(typeof text === 'function' ? text() : text)
  const icon = state === 'copied' ? 'check' : state === 'failed' ? 'warning' : 'copy'
  const place = className === undefined ? {} : { className }
  return (
    <>
      {children === undefined ? (
        <IconButton
          icon={icon}
          iconSize="sm"
          label={words.copy}
          hint={state === 'idle' ? words.copy : words[state]}
          onClick={press}
          dense={dense}
          {...place}
        />
      ) : (
        <Button variant={variant} size="sm" onClick={press} {...place}>
          <Icon name={icon} size="sm" />
          {children}
        </Button>
      )}
      <span role="status" className="sr-only">
        {state === 'idle' ? '' : words[state]}
      </span>
    </>
  )
}
