import { useRef } from 'react'

/**
 * useFocusReturn returns what a dialog needs that no button of its own opens: the focus goes
 * back to where it was, unless it has gone elsewhere meanwhile. It begins at the first
 * control inside, or at the dialog itself, where a first button's tooltip would open.
 */
export function useFocusReturn(begin: 'first' | 'itself' = 'first') {
  const opener = useRef<Element>(null)
  return {
    onOpenAutoFocus: (event: Event) => {
      opener.current = document.activeElement
      if (begin === 'first') return
      event.preventDefault()
      if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault()
      const free = document.activeElement === document.body
      if (free && opener.current instanceof HTMLElement) opener.current.focus()
    },
  }
}
