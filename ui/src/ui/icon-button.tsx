import type { ComponentProps } from 'react'
import { cn } from './cn'
import { Icon, type IconName } from './icon'
import { Tooltip } from './tooltip'

/** What IconButton takes beside a button's own attributes. */
export type IconButtonProps = Omit<ComponentProps<'button'>, 'children' | 'aria-label'> & {
  icon: IconName
  /** The accessible name, also shown as a tooltip. */
  label: string
  /** The tooltip's words where they say more than the name does. */
  hint?: string
  /** Marks a button whose panel is open. */
  on?: boolean
  /** sm is 24 px, md 28 px; on a phone both are 40 px unless dense. */
  size?: 'sm' | 'md'
  iconSize?: 'md' | 'sm' | 'xs'
  /** Keeps its size on a phone, for buttons inside a line of text. */
  dense?: boolean
}

/** IconButton is a quiet square button with an icon and a name. */
export function IconButton({
  icon,
  label,
  hint,
  on = false,
  size = 'md',
  iconSize = 'md',
  dense = false,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={hint ?? label}>
      <button
        type="button"
        aria-label={label}
        className={cn(
          'inline-grid flex-none place-items-center rounded-md transition-colors hover:bg-hover hover:text-ink disabled:pointer-events-none disabled:opacity-50',
          on ? 'bg-pressed text-ink' : 'text-ink-3',
          size === 'md' ? 'size-7' : 'size-6',
          !dense && 'max-sm:size-10',
          className,
        )}
        {...rest}
      >
        <Icon name={icon} size={iconSize} />
      </button>
    </Tooltip>
  )
}
