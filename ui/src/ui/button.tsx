import { cva, type VariantProps } from 'class-variance-authority'
import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'

const look = cva(
  'inline-flex select-none items-center justify-center gap-1.5 rounded-md border whitespace-nowrap no-underline transition-colors disabled:pointer-events-none disabled:opacity-50',
  {
    variants: {
      variant: {
        primary:
          'border-primary bg-primary font-medium text-primary-foreground hover:border-primary-hover hover:bg-primary-hover',
        outline: 'border-line-strong bg-raised font-medium text-ink hover:bg-sunken',
        quiet: 'border-transparent text-ink-2 hover:bg-hover hover:text-ink',
        danger: 'border-line-strong bg-raised font-medium text-danger hover:bg-danger-tint',
        accent: 'border-transparent font-medium text-accent-ink hover:bg-hover',
      },
      size: { sm: 'h-7 max-sm:h-9', md: 'h-8 max-sm:h-10' },
    },
    compoundVariants: [
      { variant: ['primary', 'outline', 'danger'], size: 'sm', className: 'px-2.5' },
      { variant: ['primary', 'outline', 'danger'], size: 'md', className: 'px-3' },
      { variant: ['quiet', 'accent'], className: 'px-2' },
    ],
    defaultVariants: { variant: 'outline', size: 'md' },
  },
)

/** What Button takes beside a button's own attributes. */
export type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof look> & {
    /** Renders the only child in place of a button, for links that look like one. */
    asChild?: boolean
  }

/** Button is 32 px high, small 28 px; both grow on a phone. It never submits by accident. */
export function Button({ variant, size, asChild = false, className, type, ...rest }: ButtonProps) {
  const Root = asChild ? Slot.Root : 'button'
  return (
    <Root
      {...(asChild ? {} : { type: type ?? 'button' })}
      className={cn(look({ variant, size }), className)}
      {...rest}
    />
  )
}
