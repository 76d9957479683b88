import type { ComponentProps } from 'react'
import { cn } from './cn'

/**
 * Switch turns something on or off at once. The large one is 32 by 18 px; the
 * neutral tone is for rows that stand under one with the accent. It needs a name.
 */
export function Switch({
  checked,
  onCheckedChange,
  size = 'md',
  tone = 'accent',
  className,
  ...rest
}: Omit<ComponentProps<'button'>, 'onClick' | 'children'> & {
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  size?: 'md' | 'lg'
  tone?: 'accent' | 'neutral'
}) {
  const state = checked ? 'checked' : 'unchecked'
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      data-state={state}
      onClick={() => onCheckedChange(!checked)}
      className={cn(
        'relative flex-none rounded-full bg-line-control p-0.5 transition-colors disabled:cursor-not-allowed disabled:opacity-40',
        'before:absolute before:-inset-x-2 before:-inset-y-1 max-sm:before:-inset-y-3.5',
        size === 'lg' ? 'h-4.5 w-8' : 'h-4 w-7',
        tone === 'accent' ? 'data-[state=checked]:bg-primary' : 'data-[state=checked]:bg-ink-2',
        className,
      )}
      {...rest}
    >
      <span
        data-state={state}
        className={cn(
          'block rounded-full bg-white transition-transform duration-(--t-mid)',
          size === 'lg'
            ? 'size-3.5 data-[state=checked]:translate-x-3.5'
            : 'size-3 data-[state=checked]:translate-x-3',
          tone === 'neutral' && 'data-[state=checked]:bg-rail',
        )}
      />
    </button>
  )
}
