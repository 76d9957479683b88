import { useNavigate } from '@tanstack/react-router'
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { forgetFailure, recallFailure } from '@/features/servers/connecting'
import { useShortcut } from '@/lib/shortcut'
import { useMedia, widths } from '@/lib/use-media'
import { text } from '@/strings/shell'
import { cn } from '@/ui/cn'
import { Dialog, DialogTitle, SheetContent } from '@/ui/dialog'
import { LayoutContext, searchButton, type Layout, type OwnCommands } from './layout'
import { Overlays, type Overlay } from './overlays'
import { Sidebar } from './sidebar'
import { useRemembered } from './use-remembered'
import { useServersOpen } from './use-servers-open'

/** Shell is the frame: the threads at the left, or in a drawer, and the page beside. */
export function Shell({ children }: { children: ReactNode }) {
  const navigate = useNavigate()
  const narrow = useMedia(widths.narrow)
  const [rail, setRail] = useRemembered('rail', true)
  const [serversOpen, setServersOpen] = useServersOpen()
  const [drawer, setDrawer] = useState(false)
  const [search, setSearch] = useState<string | null>(null)
  const searchedFrom = useRef<Element>(null)
  const [failure, setFailure] = useState(recallFailure)
  useEffect(forgetFailure, [])
  const [over, setOver] = useState<Overlay | null>(null)
  const own = useRef<OwnCommands>(null)
  // Whoever comes to ask can write before the rest of the frame is drawn, which has its place already.
  const drawn = useDeferredValue(true, false)

  const newThread = useCallback(() => {
    setDrawer(false)
    void navigate({ to: '/' }).then(() => document.getElementById('message')?.focus())
  }, [navigate])
  const openSearch = useCallback(() => {
    if (narrow) setDrawer(true)
    else setRail(true)
    if (search === null) {
      searchedFrom.current = narrow ? null : document.activeElement
      setSearch('')
    }
    document.querySelector<HTMLInputElement>('[role=search] input')?.select()
  }, [narrow, search, setRail])
  const closeSearch = useCallback(() => {
    flushSync(() => setSearch(null))
    const from = searchedFrom.current
    const back = from?.isConnected && from !== document.body ? from : document.getElementById(searchButton)
    if (back instanceof HTMLElement) back.focus()
  }, [])
  const openPalette = useCallback(() => setOver({ name: 'palette', own: own.current }), [])
  const openHelp = useCallback(() => setOver({ name: 'help' }), [])
  const offer = useCallback((commands: OwnCommands | null) => {
    own.current = commands
  }, [])
  const closeOver = useCallback(() => flushSync(() => setOver(null)), [])
  useShortcut('newThread', newThread)
  useShortcut('search', openSearch)
  useShortcut('palette', () => (over?.name === 'palette' ? setOver(null) : openPalette()))
  useShortcut('help', openHelp)

  const layout = useMemo<Layout>(
    () => ({
      rail,
      setRail,
      drawer,
      setDrawer,
      serversOpen,
      setServersOpen,
      search,
      setSearch,
      newThread,
      openSearch,
      closeSearch,
      openPalette,
      openHelp,
      offer,
      failure,
      dismissFailure: () => setFailure(null),
    }),
    [
      rail,
      setRail,
      drawer,
      serversOpen,
      setServersOpen,
      search,
      newThread,
      openSearch,
      closeSearch,
      openPalette,
      openHelp,
      offer,
      failure,
    ],
  )
  return (
    <LayoutContext value={layout}>
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-raised px-3 py-1.5 shadow-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {text.skip}
      </a>
      <div
        className={cn('grid h-full grid-cols-[minmax(0,1fr)]', rail && 'md:grid-cols-[256px_minmax(0,1fr)]')}
      >
        {rail && !narrow && (
          <nav aria-label={text.sidebar} className="flex min-h-0 flex-col border-r bg-rail">
            {drawn && <Sidebar />}
          </nav>
        )}
        {children}
      </div>
      <Dialog open={drawer && narrow} onOpenChange={setDrawer}>
        <SheetContent side="left" aria-describedby={undefined}>
          <DialogTitle className="sr-only">{text.sidebar}</DialogTitle>
          <nav aria-label={text.sidebar} className="flex min-h-0 flex-1 flex-col">
            <Sidebar />
          </nav>
        </SheetContent>
      </Dialog>
      <Overlays shown={over} onHelp={openHelp} onClose={closeOver} />
    </LayoutContext>
  )
}
