import { text } from '@/strings/servers'
import { useQuery } from '@tanstack/react-query'
import { meQuery } from '@/lib/query'
import { CopyButton } from '@/ui/copy-button'
import type { Server } from '@/wire/wire.gen'
import { accessRequest } from './access-request'

/** NoAccess is what one can do about a server that a policy keeps closed: ask for it, by the id of the refused request. */
export function NoAccess({ server }: { server: Server }) {
  const { data: me } = useQuery(meQuery)
  const id = server.trace?.requestId
  return (
    <div className="mt-1 ml-8 flex flex-wrap items-center gap-x-2 text-xs leading-4.5 text-ink-3">
      {id !== undefined && (
        <span className="flex min-w-0 items-center gap-1">
          {text.request} <code className="font-mono text-code wrap-anywhere">{id}</code>
          <CopyButton text={id} words={text.copyRequest} dense />
        </span>
      )}
      <CopyButton
        text={() => accessRequest(server, me?.user.email)}
        words={text.copyAccess}
        variant="quiet"
        className="-ml-2 text-ink-2"
      >
        {text.copyAccess.copy}
      </CopyButton>
    </div>
  )
}
