import { Link } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import { useLayout } from './layout'

/** NewThreadLink leads to a new thread and puts the cursor into its composer. */
export function NewThreadLink(props: Omit<ComponentProps<'a'>, 'href' | 'target' | 'onClick'>) {
  const { newThread } = useLayout()
  return (
    <Link
      to="/"
      activeOptions={{ exact: true }}
      onClick={(event) => {
        // Other clicks are the browser's: a new tab, a new window, a download.
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        newThread()
      }}
      {...props}
    />
  )
}
