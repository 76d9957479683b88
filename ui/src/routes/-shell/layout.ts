import { createContext, use, useEffect } from 'react'
import type { ConnectFailure } from '@/features/servers/connecting'

/** What a page lets the palette do: choose the model of its next question. */
export type OwnCommands = { model: string | undefined; onModel: (id: string) => void }

/** What any part of the frame may open, close or focus. */
export type Layout = {
  /** The sidebar is shown beside the page; narrow windows have a drawer instead. */
  rail: boolean
  setRail: (open: boolean) => void
  drawer: boolean
  setDrawer: (open: boolean) => void
  serversOpen: boolean
  setServersOpen: (open: boolean) => void
  /** The search words of the thread list; null while it is not being searched. */
  search: string | null
  setSearch: (words: string | null) => void
  newThread: () => void
  openSearch: () => void
  /** Gives the search up; the focus goes back to where it was opened from. */
  closeSearch: () => void
  openPalette: () => void
  openHelp: () => void
  /** Tells the palette what the page on view lets it do; null takes it back. */
  offer: (commands: OwnCommands | null) => void
  /** The server that the person comes back from without having been able to connect it. */
  failure: ConnectFailure | null
  dismissFailure: () => void
}

/** The id of the button that opens the search. */
export const searchButton = 'open-search'

export const LayoutContext = createContext<Layout | null>(null)

/** useLayout returns the frame's state; it may only be used inside Shell. */
export function useLayout(): Layout {
  const layout = use(LayoutContext)
  if (layout === null) throw new Error('useLayout outside of Shell')
  return layout
}

/** useOwnCommands lets the palette do what the page on view can, for as long as it is on view. */
export function useOwnCommands(commands: OwnCommands) {
  const { offer } = useLayout()
  useEffect(() => {
    offer(commands)
    return () => offer(null)
  })
}
