import { useQuery } from '@tanstack/react-query'
import { ContextGauge } from '@/features/models/context-gauge'
import { chosenModel } from '@/features/models/models'
import { offered } from '@/features/servers/tools'
import { meQuery, modelsQuery } from '@/lib/query'
import type { Message, Server, Settings } from '@/wire/wire.gen'
import { useLayout } from './layout'

/** ThreadGauge tells how full the context of a thread's model is, with the ways to make room. */
export function ThreadGauge({
  messages,
  path,
  settings,
  servers,
  onOpenModels,
}: {
  messages: readonly Message[]
  path: readonly Message[]
  settings: Settings
  servers: readonly Server[]
  onOpenModels: () => void
}) {
  const { data: me } = useQuery(meQuery)
  const { data: models = none } = useQuery(modelsQuery)
  const { newThread, setServersOpen } = useLayout()
  const tokens = offered(servers, settings).shares.reduce((sum, share) => sum + share.tokens, 0)
  return (
    <ContextGauge
      thread={{ messages, path }}
      model={chosenModel(models, settings.model)}
      models={models}
      // Where there are more, the model searches for tools, and is told no more than that.
      toolTokens={Math.min(tokens, me?.maxToolTokens ?? Infinity)}
      room={{ newThread, openServers: () => setServersOpen(true), openModels: onOpenModels }}
    />
  )
}

const none: [] = []
