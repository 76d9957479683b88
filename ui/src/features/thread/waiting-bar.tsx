import { strings } from '@/strings/thread'
import { Button } from '@/ui/button'
import { Icon } from '@/ui/icon'
import type { ToolPart } from '@/wire/wire.gen'
import { callState, deskId } from './state/call-state'

const bars = {
  approval: { icon: 'pause', words: strings.barApproval },
  question: { icon: 'message', words: strings.barAnswer },
  connect: { icon: 'plug', words: strings.barConnect },
} as const

/**
 * WaitingBar stands above the composer while the answer waits for the person, and leads
 * to where that is decided.
 */
export function WaitingBar({ call }: { call: ToolPart }) {
  const state = callState(call, 'running')
  const { icon, words } = bars[state === 'approval' || state === 'connect' ? state : 'question']
  return (
    <div className="mb-2 flex min-h-10 animate-rise items-center gap-3 rounded-lg border bg-sunken py-1 pr-1.5 pl-3.5">
      <Icon name={icon} className="text-warn" />
      <p className="flex-1 text-pretty text-ink">{words(call.tool.serverName)}</p>
      <Button variant="quiet" size="sm" onClick={() => goTo(deskId(call))}>
        {strings.goThere}
      </Button>
    </div>
  )
}

/** How long, in milliseconds, it is waited for a place whose part of the page is still on its way. */
const patience = 3_000

function goTo(id: string) {
  if (focusOn(id)) return
  const watch = new MutationObserver(() => focusOn(id) && watch.disconnect())
  watch.observe(document.body, { childList: true, subtree: true })
  setTimeout(() => watch.disconnect(), patience)
}

function focusOn(id: string): boolean {
  const place = document.getElementById(id)
  place?.focus({ preventScroll: true })
  place?.scrollIntoView({ block: 'nearest' })
  return place !== null
}
