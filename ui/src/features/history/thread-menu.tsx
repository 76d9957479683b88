import { useRef, type ReactNode } from 'react'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/ui/menu'
import { text } from './strings'

/**
 * ThreadMenu opens what can be done with a thread from its child, a button. The
 * focus does not go back to the button after Rename, which moves it to a field.
 */
export function ThreadMenu({
  onRename,
  onRemove,
  children,
}: {
  onRename: () => void
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
        <MenuItem icon="trash" danger onSelect={onRemove}>
          {text.remove}
        </MenuItem>
      </MenuContent>
    </Menu>
  )
}
