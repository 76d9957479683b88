import type { ComponentProps } from 'react'

/**
 * ScrollRegion is a box that may scroll, and so can be reached and scrolled with
 * the keyboard. Give it an aria-label; it is a group, so as not to litter the
 * page's landmarks.
 */
export function ScrollRegion(props: ComponentProps<'div'> & { 'aria-label': string }) {
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must take the focus (WCAG 2.1.1)
  return <div role="group" tabIndex={0} {...props} />
}
