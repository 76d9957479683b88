import type { ReactNode } from 'react'
import { Dialog, DialogClose, DialogContent, DialogDescription, DialogTitle } from './dialog'
import { IconButton } from './icon-button'

/**
 * TextDialog shows a long text in a window of its own, with what can be done with it below. The
 * focus begins at the window, not at its first button, whose tooltip would lie over the text.
 */
export function TextDialog({
  title,
  about,
  closeLabel,
  onClose,
  actions,
  children,
}: {
  title: string
  about: string
  closeLabel: string
  onClose: () => void
  actions?: ReactNode
  /** The text itself, or what stands in for it. */
  children: ReactNode
}) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        onOpenAutoFocus={(event) => {
          event.preventDefault()
          if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
        }}
        className="top-[8vh]! flex max-h-[84dvh] max-w-180! flex-col p-0!"
      >
        <header className="flex items-start gap-2 border-b px-4 py-3">
          <div className="min-w-0 flex-1">
            <DialogTitle className="trunc font-semibold">{title}</DialogTitle>
            <DialogDescription className="text-xs text-ink-3 [overflow-wrap:anywhere]">
              {about}
            </DialogDescription>
          </div>
          <DialogClose asChild>
            <IconButton icon="close" label={closeLabel} />
          </DialogClose>
        </header>
        {children}
        {actions && <footer className="flex flex-wrap gap-2 border-t px-4 py-3">{actions}</footer>}
      </DialogContent>
    </Dialog>
  )
}

/** TextBody is the text of a TextDialog: it scrolls, by the keyboard too. */
export function TextBody({ text, label }: { text: string; label: string }) {
  return (
    <pre
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to take the focus
      tabIndex={0}
      role="region"
      aria-label={label}
      className="scroll-thin min-h-16 flex-1 px-4 py-3 font-mono text-code whitespace-pre-wrap text-ink [overflow-wrap:anywhere] focus-visible:-outline-offset-2"
    >
      {text}
    </pre>
  )
}
