import { useCallback, useEffect, useRef, useState } from 'react'
import { loadJSON, save } from '@/lib/storage'
import { attachText } from '@/strings/composer-attach'
import type { AttachLimits } from '@/wire/wire.gen'
import { isAttachedList, pasted, refusal, type Attached } from './attachment'
import { readTextFile } from './text-file'

/** What was said last: what can be seen anyway is for screen readers alone, the rest for all. */
type Said = { words: string; tone: 'aloud' | 'hint' | 'wrong' } | null

/**
 * useAttachments keeps what goes with a draft beside it, over reloads, under the draft's own
 * name; see useDraft for what null means. What does not fit is refused in a sentence.
 */
export function useAttachments(draft: string | null, limits: AttachLimits) {
  const name = draft === null ? null : `${draft}.attached`
  const [items, setItems] = useState<readonly Attached[]>(() => stored(name))
  const [said, say] = useState<Said>(null)
  const now = useRef<{ items: readonly Attached[]; sending: readonly Attached[] }>({ items, sending: [] })

  const write = useCallback(
    (next: readonly Attached[], sending = now.current.sending) => {
      now.current = { items: next, sending }
      setItems(next)
      if (name === null) return true
      const all = [...sending, ...next]
      return save(name, all.length === 0 ? null : JSON.stringify(all))
    },
    [name],
  )

  const known = useRef(name)
  useEffect(() => {
    if (known.current !== null || name === null) return
    known.current = name
    write([...stored(name), ...now.current.items])
  }, [name, write])

  const add = useCallback(
    (next: Attached) => {
      const wrong = refusal(next, now.current.items, limits)
      if (wrong !== null) {
        say({ words: wrong, tone: 'wrong' })
        return false
      }
      const kept = write([...now.current.items, next])
      say(
        kept
          ? { words: attachText.added(next.name), tone: 'aloud' }
          : { words: attachText.notKept, tone: 'wrong' },
      )
      return true
    },
    [limits, write],
  )

  const paste = useCallback((text: string) => add(pasted(text, now.current.items)), [add])

  const addFiles = useCallback(
    async (files: Iterable<File>) => {
      for (const file of files) {
        // One after the other, so that a refusal of one names what is there by then.
        const read = await readTextFile(file, limits.each)
        if (typeof read === 'string') say({ words: read, tone: 'wrong' })
        else add(read)
      }
    },
    [add, limits.each],
  )

  const remove = useCallback(
    (id: string, words: (name: string) => string = attachText.removed) => {
      const gone = now.current.items.find((one) => one.id === id)
      write(now.current.items.filter((one) => one.id !== id))
      if (gone) say({ words: words(gone.name), tone: 'aloud' })
    },
    [write],
  )

  /** Takes all of them out, to be sent; settle with it when their fate is known. */
  const take = useCallback(() => {
    const all = now.current.items
    write([], all)
    say(null)
    return all
  }, [write])

  /** Forgets what was taken, or puts it back. */
  const settle = useCallback(
    (arrived: boolean) =>
      write(arrived ? now.current.items : [...now.current.sending, ...now.current.items], []),
    [write],
  )

  /** Adds what was attached before, as it is. */
  const putBack = useCallback((all: readonly Attached[]) => write([...now.current.items, ...all]), [write])

  return { items, said, say, add, paste, addFiles, remove, take, settle, putBack }
}

/** What useAttachments returns. */
export type Attachments = ReturnType<typeof useAttachments>

function stored(name: string | null): readonly Attached[] {
  return name === null ? [] : (loadJSON(name, isAttachedList) ?? [])
}
