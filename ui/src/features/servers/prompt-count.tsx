import { useQuery } from '@tanstack/react-query'
import { titleOf } from '@/lib/prompts'
import { promptsQuery } from '@/lib/query'
import { text } from '@/strings/servers'
import type { Server } from '@/wire/wire.gen'
import { NameList } from './name-list'

/** PromptCount tells how many prompts a server offers, and which, where it offers any. */
export function PromptCount({ server }: { server: Server }) {
  const asked = server.status === 'ready' && server.prompts === true
  const { data } = useQuery({ ...promptsQuery(server.id), enabled: asked })
  if (!asked || !data || data.prompts.length === 0) return null
  return (
    <p className="mt-1 ml-8 text-xs leading-4.5 text-pretty text-ink-3">
      <span className="text-ink-2 num">{text.prompts(data.prompts.length)}</span>{' '}
      <NameList names={data.prompts.map(titleOf)} />
    </p>
  )
}
