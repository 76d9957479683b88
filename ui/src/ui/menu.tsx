import { DropdownMenu as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'
import { Icon, type IconName } from './icon'

/** Menu opens a MenuContent from a MenuTrigger; arrow keys, typing and Escape work. */
export function Menu(props: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root modal={false} {...props} />
}

/** MenuTrigger and MenuRadioGroup are Radix's. */
export const MenuTrigger = Radix.Trigger
export const MenuRadioGroup = Radix.RadioGroup

const row =
  'flex min-h-8 select-none items-center gap-2.5 rounded-md px-2 text-ink outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover max-sm:min-h-10'

/** MenuContent is the list that a MenuTrigger opens. */
export function MenuContent({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={6}
        collisionPadding={8}
        className={cn(
          'scroll-thin z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 max-w-[calc(100vw-16px)] animate-fade-in rounded-lg bg-raised p-1 shadow-2 outline-none',
          className,
        )}
        {...rest}
      />
    </Radix.Portal>
  )
}

/** MenuItem is one thing to do. */
export function MenuItem({
  icon,
  danger = false,
  className,
  children,
  ...rest
}: ComponentProps<typeof Radix.Item> & { icon?: IconName; danger?: boolean }) {
  return (
    <Radix.Item className={cn(row, danger && 'text-danger', className)} {...rest}>
      {icon && <Icon name={icon} className={danger ? '' : 'text-ink-3'} />}
      {children}
    </Radix.Item>
  )
}

/** MenuRadio is one of several choices in a MenuRadioGroup; a tick marks the chosen one. */
export function MenuRadio({ className, children, ...rest }: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={cn(row, className)} {...rest}>
      <span className="grid size-4 flex-none place-items-center text-accent-ink">
        <Radix.ItemIndicator>
          <Icon name="check" />
        </Radix.ItemIndicator>
      </span>
      {children}
    </Radix.RadioItem>
  )
}

/** MenuLabel heads a group of items. */
export function MenuLabel({ className, ...rest }: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label className={cn('px-2 pt-2 pb-1 text-2xs font-medium text-ink-3', className)} {...rest} />
}

/** MenuSeparator is a hairline between groups. */
export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />
}
