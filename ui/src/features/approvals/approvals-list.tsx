import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { formatMoment, formatWhen } from '@/lib/format'
import { text } from '@/strings/approvals'
import { Button } from '@/ui/button'
import { Skeleton } from '@/ui/skeleton'
import type { Grant } from '@/wire/wire.gen'
import { RevokeButton } from './revoke-button'
import { useApprovals } from './use-approvals'

/** ApprovalsList shows what runs without asking, and takes it back. */
export function ApprovalsList({
  titleOf,
  now,
}: {
  /** The title of a thread, if it is known. */
  titleOf: (threadId: string) => string | undefined
  now: Date
}) {
  const approvals = useApprovals()
  const place = useFocusOfGone(approvals.data?.length ?? 0)
  return (
    <div ref={place} tabIndex={-1} className="outline-none">
      <Content approvals={approvals} titleOf={titleOf} now={now} />
    </div>
  )
}

/** Returns the place that takes the focus when the row that had it is gone. */
function useFocusOfGone(count: number) {
  const place = useRef<HTMLDivElement>(null)
  const before = useRef(count)
  useEffect(() => {
    if (count < before.current && document.activeElement === document.body) place.current?.focus()
    before.current = count
  }, [count])
  return place
}

function Content({
  approvals: { data, isError, refetch, revoke, revoking },
  titleOf,
  now,
}: {
  approvals: ReturnType<typeof useApprovals>
  titleOf: (threadId: string) => string | undefined
  now: Date
}) {
  if (data === undefined) {
    return isError ? (
      <div role="alert" className="grid justify-items-start gap-2 text-ink-2">
        <p>{text.failed}</p>
        <Button size="sm" onClick={() => void refetch()}>
          {text.retry}
        </Button>
      </div>
    ) : (
      <div role="status" className="grid gap-3">
        <span className="sr-only">{text.loading}</span>
        <Skeleton className="w-2/3" />
        <Skeleton className="w-1/2" />
      </div>
    )
  }
  if (data.length === 0) {
    return (
      <div className="border-y py-6">
        <h2 className="font-semibold">{text.none}</h2>
        <p className="mt-1 text-pretty text-ink-2">{text.noneHint}</p>
      </div>
    )
  }
  return (
    <ul aria-label={text.title} className="border-b">
      {data.map((grant) => (
        <li key={grant.id} className="flex flex-wrap items-center gap-3 border-t py-3">
          <div className="min-w-0 flex-[1_1_240px]">
            <p className="flex flex-wrap items-baseline gap-2">
              <b className="font-medium">{grant.serverName}</b>
              <code className="font-mono text-code text-ink-2">{grant.tool}</code>
            </p>
            <p className="text-xs leading-4.5 text-ink-3">
              <Where grant={grant} titleOf={titleOf} />
              {', '}
              <time dateTime={grant.at} title={formatMoment(new Date(grant.at))}>
                {text.since(formatWhen(new Date(grant.at), now))}
              </time>
              {grant.serverUrl !== undefined && grant.serverUrl !== '' && (
                <>
                  {' · '}
                  <span>{grant.serverUrl}</span>
                </>
              )}
            </p>
          </div>
          <RevokeButton grant={grant} busy={revoking === grant.id} onRevoke={() => revoke(grant)} />
        </li>
      ))}
    </ul>
  )
}

function Where({ grant, titleOf }: { grant: Grant; titleOf: (threadId: string) => string | undefined }) {
  if (grant.scope === 'always' || grant.threadId === undefined) return text.everywhere
  return (
    <>
      {text.inThread}{' '}
      <Link
        to="/t/$threadId"
        params={{ threadId: grant.threadId }}
        className="text-ink-2 underline decoration-line-control underline-offset-3"
      >
        {titleOf(grant.threadId) ?? text.aThread}
      </Link>
    </>
  )
}
