import { useEffect, useRef, useState } from 'react'
import { text } from '@/strings/models'
import { cn } from '@/ui/cn'
import { useCombobox } from '@/ui/combobox'
import { Icon } from '@/ui/icon'
import type { ModelInfo } from '@/wire/wire.gen'
import { factsOf, found } from './facts'
import { byProvider } from './models'

/** ModelList is a field over the models, each with a line of facts; the chosen one is ticked. */
export function ModelList({
  models,
  chosen,
  onPick,
}: {
  models: readonly ModelInfo[]
  chosen: string | undefined
  onPick: (id: string) => void
}) {
  const [query, setQuery] = useState('')
  const input = useRef<HTMLInputElement>(null)
  // The list may come later than what it is shown in, which had nothing to focus then.
  useEffect(() => input.current?.focus(), [])
  const groups = byProvider(found(models, query))
  const ids = groups.flatMap((group) => group.models.map(({ id }) => id))
  const { active, field, list, option, reset } = useCombobox({ ids, first: chosen, onPick })
  return (
    <>
      <div className="flex h-10 flex-none items-center gap-2.5 border-b px-3 text-ink-3 max-sm:h-12 max-sm:px-4">
        <Icon name="search" size="sm" />
        <input
          {...field}
          ref={input}
          type="text"
          value={query}
          maxLength={100}
          aria-label={text.search}
          placeholder={text.search}
          onChange={(event) => {
            setQuery(event.target.value)
            reset()
          }}
          className="min-w-0 flex-1 text-ink outline-none max-sm:text-[16px]"
        />
      </div>
      <div {...list} aria-label={text.hint} className="scroll-thin flex-1 p-1">
        {groups.map(({ provider, models: some }) => (
          <div key={provider} role="group" aria-label={provider}>
            <p aria-hidden="true" className="px-2 pt-2 pb-1 text-2xs font-medium text-ink-3">
              {provider}
            </p>
            {some.map((model) => (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are those of the field
              <div
                key={model.id}
                {...option(model.id)}
                aria-selected={model.id === chosen}
                tabIndex={-1}
                className={cn(
                  'flex cursor-pointer gap-2.5 rounded-md px-2 py-1.5 select-none max-sm:py-2.5',
                  model.id === active && 'bg-pressed',
                )}
              >
                <span className="mt-0.5 grid size-4 flex-none place-items-center text-accent-ink">
                  {model.id === chosen && <Icon name="check" />}
                </span>
                <Lines model={model} active={model.id === active} />
              </div>
            ))}
          </div>
        ))}
      </div>
      <p role="status" className={ids.length === 0 ? 'px-4 pt-1 pb-4 text-ink-2' : 'sr-only'}>
        {ids.length === 0 ? text.nothing(query.trim()) : ''}
      </p>
    </>
  )
}

function Lines({ model, active }: { model: ModelInfo; active: boolean }) {
  const facts = factsOf(model)
  const quiet = cn('block text-xs leading-4.5 text-pretty num', active ? 'text-ink-2' : 'text-ink-3')
  return (
    <span className="min-w-0 flex-1">
      <span className="flex items-baseline justify-between gap-3">
        <span className="trunc">{model.label}</span>
        {model.default && <small className={cn(quiet, 'flex-none')}>{text.standard}</small>}
      </span>
      {facts.length > 0 && <span className={quiet}>{facts.join(' · ')}</span>}
      {model.note && <span className={quiet}>{model.note}</span>}
    </span>
  )
}
