import { partOf } from '@/lib/part'
import { lateView } from './late'
import { openingContent, OpeningRoot, OpeningTrigger, type TriggerProps } from './opening'

/** What draws an open menu comes after the page. */
export const menuPart = partOf(() => import('./menu-part'))

/** Menu opens a MenuContent from a MenuTrigger; arrow keys, typing and Escape work. */
export const Menu = OpeningRoot

/** MenuTrigger is the button of a menu. */
export function MenuTrigger(props: TriggerProps) {
  return <OpeningTrigger popup="menu" {...props} />
}

/** MenuContent is the list that a MenuTrigger opens; the other parts of a menu stand in it. */
export const MenuContent = openingContent(menuPart, (here) => here.MenuContent)

/** MenuItem is one thing to do. */
export const MenuItem = lateView(menuPart, (here) => here.MenuItem)

/** MenuRadioGroup holds MenuRadios of which one is chosen. */
export const MenuRadioGroup = lateView(menuPart, (here) => here.MenuRadioGroup)

/** MenuDownload is a file of this site to be saved. */
export const MenuDownload = lateView(menuPart, (here) => here.MenuDownload)

/** MenuRadio is one of several choices in a MenuRadioGroup; a tick marks the chosen one. */
export const MenuRadio = lateView(menuPart, (here) => here.MenuRadio)

/** MenuLabel heads a group of items. */
export const MenuLabel = lateView(menuPart, (here) => here.MenuLabel)

/** MenuSeparator is a hairline between groups. */
export const MenuSeparator = lateView(menuPart, (here) => here.MenuSeparator)
