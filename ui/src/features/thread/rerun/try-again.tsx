import type { ReactNode } from 'react'
import { strings } from '@/strings/thread-rerun'
import { Button } from '@/ui/button'
import { Icon } from '@/ui/icon'
import type { ToolPart } from '@/wire/wire.gen'
import { Elapsed } from './rerun-outcome'
import { useMayTryAgain, useReruns } from './use-reruns'

/**
 * TryAgain runs a failed call once more as it was; what it gives stands beside the answer. For calls
 * that cannot be mended so there is what is given instead. While the call is edited, the
 * editor runs it.
 */
export function TryAgain({ part, children }: { part: ToolPart; children: ReactNode }) {
  const { store, now, run } = useReruns(part)
  const offered = useMayTryAgain(part)
  if (!offered) return children
  if (now.editing) return null
  const running = now.going.name === 'running'
  const again = () => run(Object.fromEntries(Object.entries(part.input ?? {})))
  return (
    <>
      <Button
        variant={running ? 'outline' : 'primary'}
        size="sm"
        onClick={running ? () => store.stop() : again}
      >
        <Icon name={running ? 'stop' : 'again'} size="sm" />
        {running ? strings.stop : strings.tryAgain}
      </Button>
      <Elapsed going={now.going} />
    </>
  )
}
