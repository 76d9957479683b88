import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { useState } from 'react'
import { ApprovalsList } from '@/features/approvals/approvals-list'
import { meQuery, threadsQuery } from '@/lib/query'
import { text } from '@/strings/approvals'
import { PlainPage } from './-shell/plain-page'

export const Route = createFileRoute('/approvals')({ component: Approvals })

/** Approvals is the page of what runs without asking. */
function Approvals() {
  const { data: me } = useQuery(meQuery)
  const { data: list } = useInfiniteQuery(threadsQuery(''))
  const [now] = useState(() => new Date())
  const threads = list?.pages.flatMap((page) => page.threads) ?? []
  const titleOf = (threadId: string) => threads.find((t) => t.id === threadId)?.title || undefined
  return (
    <PlainPage name={text.title}>
      <div className="mx-auto max-w-220 px-10 pt-8 pb-8 max-sm:px-4">
        <p className="mb-6 text-pretty text-ink-2">{me?.mode === 'standalone' ? text.local : text.about}</p>
        <ApprovalsList titleOf={titleOf} now={now} />
      </div>
    </PlainPage>
  )
}
