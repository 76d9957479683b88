import { text } from '@/strings/servers'
import { Button } from '@/ui/button'
import { CopyButton } from '@/ui/copy-button'
import { Icon } from '@/ui/icon'
import { IconButton } from '@/ui/icon-button'
import { failureDetails, type ConnectFailure } from './connecting'
import type { useServers } from './use-servers'

/**
 * ConnectNotice says which server could not be connected, and quotes the gateway's reason:
 * it may hold the id by which an administrator finds the request. It stays until it is
 * dismissed, or the person tries again.
 */
export function ConnectNotice({
  failure,
  again,
  onDismiss,
}: {
  failure: ConnectFailure
  again: ReturnType<ReturnType<typeof useServers>['connectTo']>
  onDismiss: () => void
}) {
  const { name, said } = failure
  return (
    <div className="flex min-h-11 items-start gap-3 border-b border-warn-line bg-warn-tint py-1.5 pr-3 pl-6 max-sm:pl-4">
      <Icon name="plug" className="mt-1.5 flex-none text-warn" />
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1.5">
        <p className="min-w-0 flex-[1_1_20rem] py-0.75 text-pretty wrap-anywhere text-ink-2">
          <b className="font-semibold text-ink">{text.couldNotConnect(name)}</b>{' '}
          {said === '' ? text.noReason : text.gatewaySays(said)}
        </p>
        <div className="flex flex-none items-center gap-1">
          {again && (
            <Button asChild size="sm">
              <a href={again.href} aria-label={text.tryToConnect(name)} onClick={again.onLeave}>
                {text.tryAgain}
              </a>
            </Button>
          )}
          <CopyButton text={() => failureDetails(failure)} words={text.copyDetails}>
            {text.copyDetails.copy}
          </CopyButton>
        </div>
      </div>
      <IconButton icon="close" iconSize="sm" label={text.dismiss} onClick={onDismiss} />
    </div>
  )
}
