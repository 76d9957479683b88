import { useEffect, useRef } from 'react'
import { text } from '@/strings/history'
import { Icon } from '@/ui/icon'

/** SearchField takes the search words; Escape and the cross give them up. */
export function SearchField({
  value,
  onChange,
  onClose,
}: {
  value: string
  onChange: (value: string) => void
  onClose: () => void
}) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  return (
    <div
      role="search"
      className="flex h-8 items-center gap-2 rounded-md border border-line-strong bg-raised pr-0.5 pl-2 text-ink-3 focus-within:focus-halo max-sm:h-11"
    >
      <Icon name="search" />
      <input
        ref={field}
        type="text"
        enterKeyHint="search"
        value={value}
        placeholder={text.searchPlaceholder}
        aria-label={text.searchLabel}
        maxLength={200}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          onClose()
        }}
        className="min-w-0 flex-1 text-ink outline-none max-sm:text-[16px]"
      />
      <button
        type="button"
        aria-label={text.clear}
        onClick={onClose}
        className="grid size-6.5 place-items-center rounded-md hover:bg-hover hover:text-ink max-sm:size-10"
      >
        <Icon name="close" size="sm" />
      </button>
    </div>
  )
}
