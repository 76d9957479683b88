import type { ReactNode } from 'react'
import { strings } from '@/strings/thread'
import { CopyButton } from '@/ui/copy-button'
import type { Trace } from '@/wire/wire.gen'

/** TraceFacts lists where a failure can be looked up: the other side's id, status and code. */
export function TraceFacts({ trace, children }: { trace: Trace; children?: ReactNode }) {
  const { requestId, status, code } = trace
  if (requestId === undefined && status === undefined && code === undefined && !children) return null
  return (
    <dl className="facts">
      {requestId !== undefined && (
        <>
          <dt>{strings.request}</dt>
          <dd className="copyid">
            <span className="trunc">{requestId}</span>
            <CopyButton text={requestId} words={strings.copyRequestId} dense className="copy-id" />
          </dd>
        </>
      )}
      {status !== undefined && (
        <>
          <dt>{strings.httpStatus}</dt>
          <dd className="num">{status}</dd>
        </>
      )}
      {code !== undefined && (
        <>
          <dt>{strings.errorCode}</dt>
          <dd>
            <code>{code}</code>
          </dd>
        </>
      )}
      {children}
    </dl>
  )
}
