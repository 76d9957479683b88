import { partOf } from '@/lib/part'
import { lateView } from './late'
import { openingContent, OpeningRoot, OpeningTrigger, type TriggerProps } from './opening'

/** What draws an open popover comes after the page. */
export const popoverPart = partOf(() => import('./popover-part'))

/** Popover opens a PopoverContent from a PopoverTrigger, without a scrim. */
export const Popover = OpeningRoot

/** PopoverTrigger is the button of a popover. */
export function PopoverTrigger(props: TriggerProps) {
  return <OpeningTrigger popup="dialog" {...props} />
}

/** PopoverContent is a raised panel beside its trigger. Give it an aria-label. */
export const PopoverContent = openingContent(popoverPart, (here) => here.PopoverContent)

/** PopoverClose closes the popover that it stands in. */
export const PopoverClose = lateView(popoverPart, (here) => here.PopoverClose)
