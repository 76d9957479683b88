import type { ReactNode } from 'react'
import { useCountdown } from '@/lib/use-countdown'
import { Button, type ButtonProps } from './button'
import { cn } from './cn'

/**
 * WaitButton does nothing before a moment of the server's clock, in milliseconds since 1970; it can be
 * reached with the keyboard all the same. Its words are told how many seconds that is from now.
 */
export function WaitButton({
  until,
  onClick,
  className,
  children,
  ...rest
}: Omit<ButtonProps, 'children' | 'asChild'> & {
  until: number | undefined
  children: (seconds: number) => ReactNode
}) {
  const left = useCountdown(until)
  return (
    <Button
      {...rest}
      aria-disabled={left > 0}
      onClick={left > 0 ? undefined : onClick}
      className={cn('num aria-disabled:text-ink-3', className)}
    >
      {children(left)}
    </Button>
  )
}
