import { DropdownMenu as Radix } from 'radix-ui'
import { useEffect, useRef, type ComponentProps, type ReactNode } from 'react'
import { cn } from './cn'
import { Icon, type IconName } from './icon'
import { Standing, type Opening } from './opening'

// What menu.tsx has fetched after the page.

export const MenuRadioGroup = Radix.RadioGroup

const row =
  'flex min-h-8 select-none items-center gap-2.5 rounded-md px-2 text-ink outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover max-sm:min-h-10'

export function MenuContent({
  opening: { open, setOpen, trigger, triggerId, contentId, byKey },
  className,
  children,
  ...rest
}: ComponentProps<typeof Radix.Content> & { opening: Opening }) {
  return (
    <Radix.Root modal={false} open={open} onOpenChange={setOpen}>
      <Radix.Trigger asChild>
        <Standing button={trigger} />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          id={contentId}
          aria-labelledby={triggerId}
          sideOffset={6}
          collisionPadding={8}
          className={cn(
            'scroll-thin z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 max-w-[calc(100vw-16px)] animate-fade-in rounded-lg bg-raised p-1 shadow-2 outline-none',
            className,
          )}
          {...rest}
        >
          <Entry byKey={byKey}>{children}</Entry>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Entry brings the keyboard to the first item: Radix has not seen the key that opened the menu. */
function Entry({ byKey, children }: { byKey: boolean; children: ReactNode }) {
  const items = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const first = items.current?.querySelector('[role^=menuitem]:not([data-disabled])')
    if (byKey && first instanceof HTMLElement) first.focus()
  }, [byKey])
  return (
    <div ref={items} role="presentation">
      {children}
    </div>
  )
}

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

export function MenuDownload({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Radix.Item asChild>
      <a href={href} download className={cn(row, 'no-underline')}>
        <Icon name="download" className="text-ink-3" />
        {children}
      </a>
    </Radix.Item>
  )
}

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

export function MenuLabel({ className, ...rest }: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label className={cn('px-2 pt-2 pb-1 text-2xs font-medium text-ink-3', className)} {...rest} />
}

export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />
}
