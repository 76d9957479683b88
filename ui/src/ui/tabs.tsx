import { Tabs as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'

/** Tabs holds a TabList and its TabPanels; controlled or not, as in Radix. */
export const Tabs = Radix.Root

/** TabList lines up tabs; the arrow keys move between them. Give it an aria-label. */
export function TabList({ className, ...rest }: ComponentProps<typeof Radix.List>) {
  return <Radix.List className={cn('flex gap-4 self-stretch max-sm:gap-3', className)} {...rest} />
}

/** Tab is one tab; the chosen one is underlined in the accent. */
export function Tab({ className, ...rest }: ComponentProps<typeof Radix.Trigger>) {
  return (
    <Radix.Trigger
      className={cn(
        'relative flex min-h-7 items-center gap-1.5 px-px text-ink-3 transition-colors hover:text-ink max-sm:px-1',
        'data-[state=active]:font-medium data-[state=active]:text-ink',
        'after:absolute after:inset-x-0 after:-bottom-px after:h-0.5 after:bg-transparent data-[state=active]:after:bg-accent-ink',
        className,
      )}
      {...rest}
    />
  )
}

/** TabPanel is what a tab shows. */
export const TabPanel = Radix.Content
