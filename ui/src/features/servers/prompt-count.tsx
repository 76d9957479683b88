import { useQuery } from '@tanstack/react-query'
import { listOf } from '@/lib/plural'
import { titleOf } from '@/lib/prompts'
import { promptsQuery } from '@/lib/query'
import { text } from '@/strings/servers'
import type { Server } from '@/wire/wire.gen'

/** PromptCount tells how many prompts a server offers, and which, where it offers any. */
export function PromptCount({ server }: { server: Server }) {
  const asked = server.status === 'ready' && server.prompts === true
  const { data } = useQuery({ ...promptsQuery(server.id), enabled: asked })
  if (!asked || !data || data.prompts.length === 0) return null
  const names = listOf(data.prompts.map(titleOf))
  return (
    <p className="mt-1 ml-8 flex gap-1.5 text-xs leading-4.5 text-ink-3" title={names}>
      <span className="flex-none text-ink-2 num">{text.prompts(data.prompts.length)}</span>
      <span className="trunc">{names}</span>
    </p>
  )
}
