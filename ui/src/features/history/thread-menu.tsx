import { useRef, type ReactNode } from 'react'
import { text } from '@/strings/history'
import { Menu, MenuContent, MenuDownload, MenuItem, MenuSeparator, MenuTrigger } from '@/ui/menu'
import { exportAddress } from './export-address'

/**
 * ThreadMenu opens what can be done with a thread from its child, a button. The
 * focus does not go back to the button after Rename, which moves it to a field.
 */
export function ThreadMenu({
  id,
  archived,
  leaf,
  onRename,
  onArchive,
  onRemove,
  children,
}: {
  id: string
  archived: boolean
  /** The last message on view; absent means the newest. */
  leaf?: string | undefined
  onRename: () => void
  onArchive: () => void
  onRemove: () => void
  children: ReactNode
}) {
  const renaming = useRef(false)
  return (
    <Menu>
      <MenuTrigger asChild>{children}</MenuTrigger>
      <MenuContent
        align="start"
        onCloseAutoFocus={(event) => {
          if (!renaming.current) return
          event.preventDefault()
          renaming.current = false
          onRename()
        }}
      >
        <MenuItem
          icon="edit"
          onSelect={() => {
            renaming.current = true
          }}
        >
          {text.rename}
        </MenuItem>
        <MenuItem icon="archive" onSelect={onArchive}>
          {archived ? text.unarchive : text.archive}
        </MenuItem>
        <MenuSeparator />
        <MenuDownload href={exportAddress(id, 'md', leaf)}>{text.exportMarkdown}</MenuDownload>
        <MenuDownload href={exportAddress(id, 'json')}>{text.exportJSON}</MenuDownload>
        <MenuSeparator />
        <MenuItem icon="trash" danger onSelect={onRemove}>
          {text.remove}
        </MenuItem>
      </MenuContent>
    </Menu>
  )
}
