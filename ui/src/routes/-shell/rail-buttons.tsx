import { flushSync } from 'react-dom'
import { text } from '@/strings/shell'
import { cn } from '@/ui/cn'
import { IconButton } from '@/ui/icon-button'
import { useLayout } from './layout'

const hideId = 'hide-sidebar'
const showId = 'show-sidebar'

/** HideSidebar puts the sidebar away; the focus goes to the button that brings it back. */
export function HideSidebar() {
  const { setRail } = useLayout()
  const hide = () => {
    flushSync(() => setRail(false))
    document.getElementById(showId)?.focus()
  }
  return <IconButton id={hideId} icon="sidebar" label={text.hideSidebar} onClick={hide} />
}

/** ShowSidebar is there while the sidebar is not, in windows that have room for it. */
export function ShowSidebar({ className }: { className?: string }) {
  const { rail, setRail } = useLayout()
  if (rail) return null
  const show = () => {
    flushSync(() => setRail(true))
    document.getElementById(hideId)?.focus()
  }
  return (
    <IconButton
      id={showId}
      icon="sidebar"
      label={text.showSidebar}
      onClick={show}
      className={cn('max-md:hidden', className)}
    />
  )
}
