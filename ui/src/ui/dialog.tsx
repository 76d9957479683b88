import { partOf } from '@/lib/part'
import { lateView } from './late'
import { openingContent, OpeningRoot, OpeningTrigger, type TriggerProps } from './opening'

/** What draws an open window comes after the page. */
export const dialogPart = partOf(() => import('./dialog-part'))

/**
 * Dialog opens a DialogContent or a SheetContent, from a DialogTrigger or as its owner says. The focus
 * is held inside, Escape and a press outside close, and the focus goes back.
 */
export const Dialog = OpeningRoot

/** DialogTrigger is the button of a dialog. */
export function DialogTrigger(props: TriggerProps) {
  return <OpeningTrigger popup="dialog" {...props} />
}

/** DialogContent is a small window in the upper half of the page, or a wide one without a margin. */
export const DialogContent = openingContent(dialogPart, (here) => here.DialogContent)

/**
 * SheetContent slides in from an edge and holds the focus like any dialog, see useFocusReturn.
 */
export const SheetContent = openingContent(dialogPart, (here) => here.SheetContent)

/** DialogClose, DialogTitle and DialogDescription are Radix's; they stand in the content. */
export const DialogClose = lateView(dialogPart, (here) => here.DialogClose)
export const DialogTitle = lateView(dialogPart, (here) => here.DialogTitle)
export const DialogDescription = lateView(dialogPart, (here) => here.DialogDescription)
