import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { text } from '@/strings/approvals'
import { Button } from '@/ui/button'
import type { Grant } from '@/wire/wire.gen'

/** RevokeButton asks once more, in its own place, before an approval is taken back. */
export function RevokeButton({
  grant,
  busy,
  onRevoke,
}: {
  grant: Grant
  busy: boolean
  onRevoke: () => void
}) {
  const [asking, setAsking] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const keep = () => {
    flushSync(() => setAsking(false))
    opener.current?.focus()
  }
  if (!asking) {
    return (
      <Button
        ref={opener}
        size="sm"
        aria-label={text.revokeOf(grant.serverName, grant.tool)}
        onClick={() => setAsking(true)}
      >
        {text.revoke}
      </Button>
    )
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape takes the question back
    <div
      role="group"
      aria-label={text.revokeOf(grant.serverName, grant.tool)}
      className="flex flex-wrap items-center gap-2"
      onKeyDown={(event) => {
        if (event.key === 'Escape') keep()
      }}
    >
      <span className="text-xs text-ink-2">{text.sure(grant.tool)}</span>
      <Button
        variant="danger"
        size="sm"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it takes the place of the button that was pressed
        autoFocus
        aria-disabled={busy}
        onClick={() => {
          if (!busy) onRevoke()
        }}
      >
        {text.revoke}
      </Button>
      <Button variant="quiet" size="sm" onClick={keep}>
        {text.keep}
      </Button>
    </div>
  )
}
