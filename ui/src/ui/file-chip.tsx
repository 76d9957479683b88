import type { ReactNode } from 'react'
import { cn } from './cn'
import { Icon, type IconName } from './icon'
import { IconButton } from './icon-button'

/** FileChip stands for a text in one line: it opens it, and where it can be removed it offers that. */
export function FileChip({
  icon = 'file',
  name,
  detail,
  openLabel,
  onOpen,
  removeLabel,
  onRemove,
}: {
  icon?: IconName
  name: ReactNode
  detail?: string
  openLabel: string
  onOpen: () => void
  removeLabel?: string
  onRemove?: () => void
}) {
  return (
    <span className="inline-flex max-w-full min-w-0 items-center rounded-md border border-line-strong bg-sunken text-sm font-normal">
      <button
        type="button"
        aria-label={openLabel}
        aria-haspopup="dialog"
        onClick={onOpen}
        className={cn(
          'flex h-7 min-w-0 items-center gap-1.5 rounded-md pl-2 transition-colors hover:bg-hover max-sm:h-10',
          onRemove ? 'pr-1' : 'pr-2.5',
        )}
      >
        <Icon name={icon} size="sm" className="text-ink-3" />
        <span className="trunc text-ink">{name}</span>
        {detail !== undefined && <span className="flex-none text-xs text-ink-3 num">{detail}</span>}
      </button>
      {onRemove && (
        <IconButton
          icon="close"
          iconSize="xs"
          size="sm"
          label={removeLabel ?? ''}
          onClick={onRemove}
          className="mr-0.5"
        />
      )}
    </span>
  )
}
