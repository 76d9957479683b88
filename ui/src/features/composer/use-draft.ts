import { useCallback, useEffect, useRef, useState } from 'react'
import { load, save } from '@/lib/storage'

const saveAfter = 300

/**
 * useDraft keeps what is being written under a name, across reloads. A text that is on
 * its way stays stored as well, until it is settled: closing the page in between
 * loses nothing. While the name is not known, null, nothing is shown or stored; what is
 * written until then goes on from what was kept. Give the component another React key
 * when one name takes the place of another.
 */
export function useDraft(name: string | null) {
  const [text, setText] = useState(() => (name === null ? '' : (load(name) ?? '')))
  const now = useRef({ text, sending: '' })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const store = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = undefined
    if (name !== null) save(name, join(now.current.sending, now.current.text) || null)
  }, [name])

  const write = useCallback(
    (next: string) => {
      now.current.text = next
      setText(next)
      timer.current ??= setTimeout(store, saveAfter)
    },
    [store],
  )

  /** Takes a text out of the field; settle with it when its fate is known. */
  const take = useCallback(
    (sent: string, keepText: boolean) => {
      now.current.sending = sent
      if (!keepText) write('')
      store()
    },
    [store, write],
  )

  /** Forgets the text that was sent, or puts it back before what was written since. */
  const settle = useCallback(
    (arrived: boolean) => {
      const { sending, text: since } = now.current
      now.current.sending = ''
      if (!arrived) write(join(sending, since))
      store()
    },
    [store, write],
  )

  const known = useRef(name)
  useEffect(() => {
    if (known.current !== null || name === null) return
    known.current = name
    write(join(load(name) ?? '', now.current.text))
  }, [name, write])

  useEffect(() => {
    const flush = () => {
      if (timer.current !== undefined) store()
    }
    addEventListener('pagehide', flush)
    return () => {
      removeEventListener('pagehide', flush)
      flush()
    }
  }, [store])

  return { text, write, take, settle }
}

function join(before: string, after: string): string {
  if (before === after) return before
  return [before, after].filter((part) => part !== '').join('\n\n')
}
