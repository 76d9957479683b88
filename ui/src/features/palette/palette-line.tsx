import { keyCaps } from '@/lib/shortcut'
import { text } from '@/strings/palette'
import { cn } from '@/ui/cn'
import type { useCombobox } from '@/ui/combobox'
import { Icon } from '@/ui/icon'
import { Kbd } from '@/ui/kbd'
import { piecesOf, type Command } from './commands'

/** PaletteLine is one command: its words, with what was looked for marked, a hint and its keys. */
export function PaletteLine({
  command,
  query,
  selected,
  option,
}: {
  command: Command
  query: string
  selected: boolean
  option: ReturnType<ReturnType<typeof useCombobox>['option']>
}) {
  const { label, icon, hint, title, keys, current = false } = command
  const small = current ? text.current : hint
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are those of the field
    <div
      {...option}
      aria-selected={selected}
      tabIndex={-1}
      className={cn(
        'flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-2 select-none max-sm:min-h-11',
        selected && 'bg-pressed',
      )}
    >
      <Icon name={icon} className={selected ? 'text-accent-ink' : 'text-ink-3'} />
      <span className="flex-1 trunc">
        {piecesOf(label, query).map(({ text: piece, hit }, i) =>
          hit ? (
            <b key={i} className="font-semibold text-accent-ink">
              {piece}
            </b>
          ) : (
            piece
          ),
        )}
      </span>
      {small !== undefined && (
        <small
          title={title}
          className={cn('max-w-1/2 trunc text-xs num', selected ? 'text-ink-2' : 'text-ink-3')}
        >
          {small}
        </small>
      )}
      {keys && (
        <span aria-hidden="true" className="flex flex-none gap-1 touch:hidden">
          {keyCaps(keys).map((cap) => (
            <Kbd key={cap}>{cap}</Kbd>
          ))}
        </span>
      )}
    </div>
  )
}
