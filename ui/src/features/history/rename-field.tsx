import { useEffect, useRef, useState } from 'react'
import { text } from '@/strings/history'
import { cn } from '@/ui/cn'
import { Kbd } from '@/ui/kbd'

/**
 * RenameField edits a title in its place. Enter and leaving the field save, Escape
 * and an empty title do not; onDone tells the new title, or null, and whether a key
 * ended it, so that the focus has nowhere to be.
 */
export function RenameField({
  title,
  onDone,
  className,
}: {
  title: string
  onDone: (title: string | null, byKey: boolean) => void
  className?: string
}) {
  const [value, setValue] = useState(title)
  const field = useRef<HTMLInputElement>(null)
  const done = useRef(false)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  const finish = (save: boolean, byKey: boolean) => {
    if (done.current) return
    done.current = true
    const next = value.trim()
    onDone(save && next !== '' && next !== title ? next : null, byKey)
  }
  return (
    <form
      className={cn('flex min-w-0 flex-1 items-center gap-2', className)}
      onSubmit={(event) => {
        event.preventDefault()
        finish(true, true)
      }}
    >
      <input
        ref={field}
        value={value}
        maxLength={200}
        aria-label={text.renameLabel}
        onChange={(event) => setValue(event.target.value)}
        onBlur={() => finish(true, false)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          finish(false, true)
        }}
        className="-ml-1.5 h-6 min-w-0 flex-1 rounded-sm border border-focus bg-raised px-1 focus-halo max-sm:h-9 max-sm:text-[16px]"
      />
      <Kbd>↵</Kbd>
    </form>
  )
}
