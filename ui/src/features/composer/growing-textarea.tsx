import { useLayoutEffect, useRef, type ComponentProps } from 'react'
import { cn } from '@/ui/cn'

// Beyond this the field has its full height anyway, and measuring a megabyte at
// every key would freeze the page.
const measureUpTo = 4_000

/** GrowingTextarea is as high as its text, up to 40 % of the window. */
export function GrowingTextarea({
  value,
  ref,
  className,
  ...rest
}: Omit<ComponentProps<'textarea'>, 'value' | 'ref'> & {
  value: string
  ref: React.RefObject<HTMLTextAreaElement | null>
}) {
  const width = useRef(0)
  useLayoutEffect(() => {
    const field = ref.current
    if (field === null) return
    const fit = () => {
      if (value.length > measureUpTo) {
        field.style.height = '40dvh'
        return
      }
      field.style.height = 'auto'
      field.style.height = `${field.scrollHeight}px`
    }
    fit()
    const observer = new ResizeObserver(() => {
      if (field.clientWidth === width.current) return
      width.current = field.clientWidth
      fit()
    })
    observer.observe(field)
    return () => observer.disconnect()
  }, [value, ref])
  return (
    <textarea
      ref={ref}
      value={value}
      rows={1}
      className={cn('block max-h-[40dvh] w-full resize-none scroll-thin outline-none', className)}
      {...rest}
    />
  )
}
