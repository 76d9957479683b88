import { text } from '@/strings/servers'
import { Button } from '@/ui/button'
import type { Server } from '@/wire/wire.gen'

/** ServerLogin says that the gateway keeps a login of the person's for a server, and lets it be made anew or ended. */
export function ServerLogin({
  server,
  checking,
  onReconnect,
  onDisconnect,
}: {
  server: Server
  checking: boolean
  onReconnect: () => void
  onDisconnect: () => void
}) {
  return (
    <p className="mt-1 ml-8 flex flex-wrap items-center gap-x-1 text-xs leading-4.5 text-ink-2">
      <span className="mr-1">{text.connected}</span>
      <Button
        variant="quiet"
        size="sm"
        className="-ml-2"
        aria-disabled={checking}
        onClick={() => !checking && onReconnect()}
        aria-label={text.reconnectTo(server.name)}
      >
        {text.reconnect}
      </Button>
      <Button
        variant="quiet"
        size="sm"
        aria-disabled={checking}
        onClick={() => !checking && onDisconnect()}
        aria-label={text.disconnectFrom(server.name)}
      >
        {text.disconnect}
      </Button>
    </p>
  )
}
