import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { AccountMenu } from '@/features/account/account-menu'
import { ArchiveSwitch } from '@/features/history/archive-switch'
import { SearchField } from '@/features/history/search-field'
import { ThreadList } from '@/features/history/thread-list'
import { ariaKeys, keyCaps, type ShortcutName } from '@/lib/shortcut'
import { useMedia, widths } from '@/lib/use-media'
import { useSettled } from '@/lib/use-settled'
import { text } from '@/strings/shell'
import { Icon } from '@/ui/icon'
import { IconButton } from '@/ui/icon-button'
import { Brand } from './brand'
import { searchButton, useLayout } from './layout'
import { NewThreadLink } from './new-thread-link'
import { HideSidebar } from './rail-buttons'

/** Sidebar holds the brand, the way to a new thread, the threads and the account. */
export function Sidebar() {
  const layout = useLayout()
  const navigate = useNavigate()
  const narrow = useMedia(widths.narrow)
  const { threadId } = useParams({ strict: false })
  const search = useSettled(layout.search?.trim() ?? '', 150)
  const [archived, setArchived] = useState(false)
  return (
    <>
      <div className="flex h-12 flex-none items-center gap-2 pr-2.5 pl-4">
        <Link to="/" onClick={() => layout.setDrawer(false)} className="rounded-md text-ink no-underline">
          <Brand />
        </Link>
        <span className="flex-1" />
        {narrow ? (
          <IconButton icon="close" label={text.closeThreads} onClick={() => layout.setDrawer(false)} />
        ) : (
          <HideSidebar />
        )}
      </div>
      <div className="grid flex-none grid-cols-[minmax(0,1fr)] gap-0.5 px-2.5 pt-1 pb-2">
        {layout.search === null ? (
          <>
            <NewThreadLink aria-keyshortcuts={ariaKeys('newThread')} className={action}>
              <Icon name="plus" />
              {text.newThread}
              <Keys of="newThread" />
            </NewThreadLink>
            <button
              id={searchButton}
              type="button"
              onClick={layout.openSearch}
              aria-keyshortcuts={ariaKeys('search')}
              className={action}
            >
              <Icon name="search" />
              {text.search}
              <Keys of="search" />
            </button>
          </>
        ) : (
          <SearchField value={layout.search} onChange={layout.setSearch} onClose={layout.closeSearch} />
        )}
      </div>
      <div className="scroll-thin flex-1 px-2.5 pb-4">
        <ThreadList
          search={search}
          archived={archived && search === ''}
          onOpen={() => layout.setDrawer(false)}
          onRemoved={(id) => {
            if (id !== threadId) return undefined
            void navigate({ to: '/' })
            return () => void navigate({ to: '/t/$threadId', params: { threadId: id } })
          }}
        />
      </div>
      <div className="grid flex-none grid-cols-[minmax(0,1fr)] gap-0.5 border-t px-2.5 py-2">
        {search === '' && <ArchiveSwitch on={archived} onChange={setArchived} />}
        <AccountMenu
          onApprovals={() => {
            layout.setDrawer(false)
            void navigate({ to: '/approvals' }).then(() => document.getElementById('main')?.focus())
          }}
          onCommands={() => {
            layout.setDrawer(false)
            layout.openPalette()
          }}
          onKeys={() => {
            layout.setDrawer(false)
            layout.openHelp()
          }}
        />
      </div>
    </>
  )
}

const action =
  'flex h-8 w-full items-center gap-2.5 rounded-md px-1.5 text-left text-ink-2 no-underline transition-colors hover:bg-hover hover:text-ink max-sm:h-11'

function Keys({ of }: { of: ShortcutName }) {
  return (
    <small aria-hidden="true" className="flex-1 text-right text-2xs tracking-[.04em] text-ink-3 touch:hidden">
      {keyCaps(of).join(' ')}
    </small>
  )
}
