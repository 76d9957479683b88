import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { text } from '@/strings/history'
import { IconButton } from '@/ui/icon-button'
import { RenameField } from './rename-field'
import { useRemovals } from './removals'
import { ThreadMenu } from './thread-menu'
import { useArchive } from './use-archive'
import { useRename } from './use-rename'

/** ThreadTitle is the heading of a thread's page, with the thread's menu beside it. */
export function ThreadTitle({
  id,
  title,
  archived,
  leaf,
  onRemoved,
  onRestored,
}: {
  id: string
  title: string
  archived: boolean
  /** The last message on view. */
  leaf: string | undefined
  onRemoved: () => void
  onRestored: () => void
}) {
  const [renaming, setRenaming] = useState(false)
  const menu = useRef<HTMLButtonElement>(null)
  const rename = useRename()
  const archive = useArchive()
  const { remove } = useRemovals()
  if (renaming) {
    return (
      <RenameField
        title={title}
        className="max-w-120 pl-1.5 font-semibold"
        onDone={(next, byKey) => {
          if (next !== null) rename(id, next)
          if (!byKey) return setRenaming(false)
          flushSync(() => setRenaming(false))
          menu.current?.focus()
        }}
      />
    )
  }
  return (
    <>
      <h1 className="trunc font-semibold max-sm:flex-1">{title || text.untitled}</h1>
      {archived && (
        <span className="ml-1 flex-none rounded-sm bg-pressed px-1.5 text-2xs text-ink-2">
          {text.archived}
        </span>
      )}
      <ThreadMenu
        id={id}
        archived={archived}
        leaf={leaf}
        onArchive={() => archive({ id, title: title || text.untitled }, !archived)}
        onRename={() => setRenaming(true)}
        onRemove={() => {
          remove({ id, title: title || text.untitled }, onRestored)
          onRemoved()
        }}
      >
        <IconButton ref={menu} icon="more" iconSize="sm" label={text.threadMenu} />
      </ThreadMenu>
    </>
  )
}
