import { useId } from 'react'
import { strings } from '@/strings/thread'
import { Button } from '@/ui/button'
import { Icon } from '@/ui/icon'
import type { ToolPart } from '@/wire/wire.gen'
import { deskId } from '../state/call-state'
import { Deciding } from './deciding'
import { useDesk } from '../state/desk'
import { useAnswering } from './use-answering'
import './ask.css'

/**
 * Connect is where a call waits whose server wants an account of the person first. The way
 * leads over the gateway to that server's own sign-in and back to this thread, where the
 * call goes on; or it is given up, or tried again if it was connected elsewhere.
 */
export function Connect({ part, writing }: { part: ToolPart; writing: boolean }) {
  const { renew, connectTo } = useDesk()
  const [state, answer] = useAnswering()
  const heading = useId()
  const { server, serverName } = part.tool
  const page = connectTo(server)
  const open = writing && (state.name === 'open' || state.name === 'failed')
  const again = (part.wait?.times ?? 1) > 1
  const say = (renewal: Parameters<typeof renew>[0]) => {
    if (open) void answer(() => renew(renewal))
  }
  return (
    <section role="group" id={deskId(part)} className="ask-first" aria-labelledby={heading} tabIndex={-1}>
      <header>
        <Icon name="plug" />
        <div>
          <h3 id={heading}>{strings.wantsConnection(serverName)}</h3>
          <p>{again ? strings.stillNotIn(serverName) : strings.connectMore(serverName)}</p>
        </div>
      </header>
      <div className="body">
        <div className="acts">
          {page && (
            <Button asChild variant="primary" aria-disabled={!open}>
              {/* Without an address it leads nowhere, and stays where the focus is. */}
              <a {...(open ? { href: page.href, onClick: page.onLeave } : { role: 'link', tabIndex: 0 })}>
                {strings.connectNow(serverName)}
              </a>
            </Button>
          )}
          <Button aria-disabled={!open} onClick={() => say({ retry: [part.toolCallId] })}>
            {strings.tryItAgain}
          </Button>
          <span className="spring" />
          <Button variant="quiet" aria-disabled={!open} onClick={() => say({ without: [part.toolCallId] })}>
            {strings.goOnWithout}
          </Button>
        </div>
        <Deciding state={state} writing={writing} />
      </div>
    </section>
  )
}
