import type { ComponentProps } from 'react'

/** VisuallyHidden is read aloud and not shown. */
export function VisuallyHidden(props: ComponentProps<'span'>) {
  return <span className="sr-only" {...props} />
}
