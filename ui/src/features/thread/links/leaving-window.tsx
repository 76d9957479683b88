import { useId, useState } from 'react'
import { strings } from '@/strings/thread'
import { Button } from '@/ui/button'
import { Dialog, DialogClose, DialogContent, DialogDescription, DialogTitle } from '@/ui/dialog'

/**
 * LeavingWindow shows the whole address to which a link leads, its host in bold, and opens it
 * when its button is pressed. It is there until that is decided.
 */
export function LeavingWindow({
  href,
  pressed,
  onAgree,
  onDone,
}: {
  href: string
  /** What has the focus again after. */
  pressed: HTMLElement
  /** Is told the host, if the person wants to be asked no more about it. */
  onAgree: (host: string) => void
  onDone: () => void
}) {
  const [open, setOpen] = useState(true)
  const [always, setAlways] = useState(false)
  const box = useId()
  const { protocol, host } = new URL(href)
  const [before = '', after = ''] = cut(href, `//${host}`)
  const text = strings.leaving
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogContent
        onCloseAutoFocus={(event) => {
          event.preventDefault()
          pressed.focus()
          onDone()
        }}
      >
        <DialogTitle className="text-md font-semibold">{text.head}</DialogTitle>
        <DialogDescription className="mt-1.5 text-ink-2">{text.body}</DialogDescription>
        <p className="mt-3 max-h-40 overflow-y-auto rounded-md border bg-sunken px-3 py-2 font-mono text-xs break-all text-ink-2">
          {before}
          <b className="font-semibold text-ink">{host}</b>
          {after}
        </p>
        {protocol === 'http:' && <p className="mt-2 text-warning">{strings.notEncrypted}</p>}
        <label htmlFor={box} className="mt-3 flex items-center gap-2 text-ink-2">
          <input id={box} type="checkbox" checked={always} onChange={(e) => setAlways(e.target.checked)} />
          {text.always(host)}
        </label>
        <div className="mt-4 flex justify-end gap-2 max-sm:flex-col-reverse">
          <DialogClose asChild>
            <Button>{text.stay}</Button>
          </DialogClose>
          <Button asChild variant="primary">
            <a
              href={href}
              target="_blank"
              rel="noreferrer noopener"
              onClick={() => {
                if (always) onAgree(host)
                setOpen(false)
              }}
            >
              {strings.openHost(host)}
            </a>
          </Button>
        </div>
      </DialogContent>
    </Dialog>
  )
}

/** Returns what stands before a host, slashes included, and what stands after it. */
function cut(href: string, hostWithSlashes: string): [string, string] {
  const at = href.indexOf(hostWithSlashes)
  return [href.slice(0, at + 2), href.slice(at + hostWithSlashes.length)]
}
