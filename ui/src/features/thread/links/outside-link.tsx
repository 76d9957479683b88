import type { ComponentProps, MouseEvent } from 'react'
import { useLeaving } from './leaving'

/**
 * OutsideLink is a link out of the thread, in a tab of its own. Where it leads away from what
 * the company runs, the person is asked first, also if it is pressed with a key held or with the middle button.
 */
export function OutsideLink({ href, children, ...rest }: ComponentProps<'a'> & { href: string }) {
  const { mayFollow } = useLeaving()
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    // The right button's menu is the browser's.
    if (event.button !== 2 && !mayFollow(href, event.currentTarget)) event.preventDefault()
  }
  return (
    <a {...rest} href={href} target="_blank" rel="noreferrer noopener" onClick={follow} onAuxClick={follow}>
      {children}
    </a>
  )
}
