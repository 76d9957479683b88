import { useEffect, useId, useState, type KeyboardEvent } from 'react'
import { titleOf, type PromptSource } from '@/lib/prompts'
import { text } from '@/strings/composer-slash'
import { cn } from '@/ui/cn'
import type { PromptArgument } from '@/wire/wire.gen'
import { useCompletions } from './use-completions'

/** Whom to ask for suggestions, with the arguments as far as they are filled in. */
type Suggest = {
  complete: PromptSource['complete']
  server: string
  prompt: string
  values: Readonly<Record<string, string>>
}

/**
 * PromptArgumentField is a field with what the server suggests below it while one writes.
 * The list keeps its height, so that nothing jumps from letter to letter.
 */
export function PromptArgumentField({
  argument,
  value,
  missing,
  suggest,
  onChange,
}: {
  argument: PromptArgument
  value: string
  missing: boolean
  suggest: Suggest | null
  onChange: (value: string) => void
}) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const { options, more, known } = useOptions(argument, value, suggest, open)
  const [active, setActive] = useState(-1)
  const shown = open && known
  const listed = shown && options.length > 0
  const activeId = shown && active in options ? `${id}-${active}` : undefined
  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView?.({ block: 'nearest' })
  }, [activeId])
  const take = (chosen: string | undefined) => {
    if (chosen !== undefined) onChange(chosen)
    setActive(-1)
    setOpen(false)
  }
  const keyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by !== undefined && suggest) {
      event.preventDefault()
      setOpen(true)
      const places = options.length + 1
      if (shown) setActive(((active + 1 + by + places) % places) - 1)
    } else if (event.key === 'Enter' && activeId !== undefined) {
      event.preventDefault()
      take(options[active])
    } else if (event.key === 'Tab' && activeId !== undefined) {
      take(options[active])
    } else if (event.key === 'Escape' && shown) {
      event.preventDefault()
      take(undefined)
    }
  }
  return (
    <div>
      <label htmlFor={id} className="flex items-baseline gap-2 pb-1 font-medium">
        {titleOf(argument)}
        {argument.required !== true && (
          <span className="text-xs font-normal text-ink-3">{text.optional}</span>
        )}
      </label>
      <input
        id={id}
        role="combobox"
        value={value}
        autoComplete="off"
        spellCheck={false}
        required={argument.required === true}
        aria-expanded={listed}
        aria-controls={listed ? `${id}-list` : undefined}
        aria-autocomplete="list"
        aria-activedescendant={activeId}
        aria-invalid={missing}
        aria-describedby={`${id}-about`}
        onChange={(event) => {
          setActive(-1)
          setOpen(true)
          onChange(event.target.value)
        }}
        onKeyDown={keyDown}
        onFocus={() => setOpen(true)}
        onBlur={() => take(undefined)}
        className={cn(
          'block h-8 w-full rounded-md border bg-canvas px-2.5 outline-none focus:focus-halo max-sm:h-10 max-sm:text-[16px]',
          missing ? 'border-danger' : 'border-line-control',
        )}
      />
      <p
        id={`${id}-about`}
        className={cn('pt-1 text-xs text-pretty', missing ? 'text-danger' : 'text-ink-3')}
      >
        {missing ? text.fill : argument.description}
      </p>
      {shown && (
        <div className="mt-1 flex h-31 flex-col rounded-md bg-sunken max-sm:h-44">
          {options.length === 0 ? (
            <p className="px-2.5 py-2 text-xs text-ink-3">{text.noSuggestion}</p>
          ) : (
            <div
              id={`${id}-list`}
              role="listbox"
              aria-label={text.suggestions(titleOf(argument))}
              className="scroll-thin"
            >
              {options.map((option, i) => (
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field has the focus and the keys
                <div
                  key={option}
                  id={`${id}-${i}`}
                  role="option"
                  aria-selected={i === active}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => take(option)}
                  className={cn(
                    'flex min-h-7 cursor-pointer items-center px-2.5 hover:bg-hover max-sm:min-h-11',
                    i === active && 'bg-pressed',
                  )}
                >
                  <span className="trunc">{option}</span>
                </div>
              ))}
            </div>
          )}
          {more && options.length > 0 && <p className="px-2.5 py-1 text-2xs text-ink-3">{text.more}</p>}
        </div>
      )}
    </div>
  )
}

/** The suggestions for an argument. They are known once there was any: a server need not know all arguments. */
function useOptions(argument: PromptArgument, value: string, suggest: Suggest | null, open: boolean) {
  const context = Object.fromEntries(
    Object.entries(suggest?.values ?? {}).filter(([name, one]) => name !== argument.name && one !== ''),
  )
  const found = useCompletions(
    suggest?.complete ?? none,
    suggest?.server ?? '',
    { prompt: suggest?.prompt ?? '', argument: argument.name, value, context },
    open && suggest !== null,
  )
  const options = [...new Set(found?.values)]
  const [known, setKnown] = useState(false)
  if (!known && options.length > 0) setKnown(true)
  return { options, more: found?.more === true, known }
}

const none = () => Promise.resolve({ values: [] })
