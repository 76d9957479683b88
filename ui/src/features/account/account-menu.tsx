import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { meQuery } from '@/lib/query'
import { ariaKeys, keyCaps, type ShortcutName } from '@/lib/shortcut'
import { isTheme, themes, useTheme } from '@/lib/theme'
import { ownPath } from '@/lib/url'
import { text } from '@/strings/account'
import { Icon } from '@/ui/icon'
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuRadio,
  MenuRadioGroup,
  MenuSeparator,
  MenuTrigger,
} from '@/ui/menu'
import { Skeleton } from '@/ui/skeleton'
import { displayName, initials } from './names'

/** AccountMenu shows who is signed in; it holds the theme, the ways to other parts, the version and the way out. */
export function AccountMenu({
  onApprovals,
  onCommands,
  onKeys,
}: {
  onApprovals: () => void
  onCommands: () => void
  onKeys: () => void
}) {
  const { data: me } = useQuery(meQuery)
  const [theme, setTheme] = useTheme()
  const [picture, setPicture] = useState(true)
  if (me === undefined) {
    return (
      <div className="grid grid-cols-[28px_1fr] items-center gap-x-2.5 px-1.5 py-1" aria-label={text.loading}>
        <Skeleton className="size-7! rounded-full!" />
        <span className="grid h-8 content-center gap-1.5">
          <Skeleton className="h-2.5! w-24" />
          <Skeleton className="h-2! w-32" />
        </span>
      </div>
    )
  }
  const signOutUrl = ownPath(me.signOutUrl)
  const portrait = ownPath(me.user.picture)
  const anonymous = me.mode === 'standalone' && me.user.name === '' && me.user.email === ''
  const name = anonymous ? text.you : displayName(me.user)
  const below = me.mode === 'standalone' ? text.local : me.user.email
  return (
    <Menu>
      <MenuTrigger
        aria-label={text.menu(name)}
        className="grid w-full grid-cols-[28px_minmax(0,1fr)_auto] items-center gap-x-2.5 rounded-md px-1.5 py-1 text-left transition-colors hover:bg-hover data-[state=open]:bg-pressed"
      >
        <span className="grid size-7 place-items-center rounded-full border border-accent-line bg-accent-tint text-2xs font-semibold tracking-[.02em] text-accent-ink">
          {portrait !== undefined && picture ? (
            <img
              src={portrait}
              alt=""
              className="size-full rounded-full object-cover"
              onError={() => setPicture(false)}
            />
          ) : (
            initials(name)
          )}
        </span>
        <span className="min-w-0">
          <b className="block leading-4.5 font-medium trunc">{name}</b>
          {below !== name && <small className="block text-2xs leading-3.5 trunc text-ink-3">{below}</small>}
        </span>
        <Icon name="more" size="sm" className="text-ink-3" />
      </MenuTrigger>
      <MenuContent side="top" align="start" className="w-(--radix-dropdown-menu-trigger-width)">
        <MenuLabel>{text.theme}</MenuLabel>
        <MenuRadioGroup value={theme} onValueChange={(next) => isTheme(next) && setTheme(next)}>
          {themes.map((one) => (
            <MenuRadio key={one} value={one} onSelect={(event) => event.preventDefault()}>
              {text.themes[one]}
            </MenuRadio>
          ))}
        </MenuRadioGroup>
        <MenuSeparator />
        <MenuItem icon="allowed" onSelect={onApprovals}>
          {text.approvals}
        </MenuItem>
        <MenuItem icon="search" onSelect={onCommands} aria-keyshortcuts={ariaKeys('palette')}>
          {text.commands}
          <Keys of="palette" />
        </MenuItem>
        <MenuItem
          icon="keyboard"
          onSelect={onKeys}
          aria-keyshortcuts={ariaKeys('help')}
          className="touch:hidden"
        >
          {text.keys}
          <Keys of="help" />
        </MenuItem>
        {signOutUrl !== undefined && (
          <MenuItem icon="key" onSelect={() => location.assign(signOutUrl)}>
            {text.signOut}
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuLabel className="pt-1! font-normal!">{text.version(me.version)}</MenuLabel>
      </MenuContent>
    </Menu>
  )
}

function Keys({ of }: { of: ShortcutName }) {
  return (
    <small aria-hidden="true" className="flex-1 text-right text-2xs text-ink-3 touch:hidden">
      {keyCaps(of).join(' ')}
    </small>
  )
}
