import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, type ReactNode, type Ref } from 'react'
import { Composer } from '@/features/composer/composer'
import type { ComposerHandle, ComposerProps } from '@/features/composer/composer-props'
import { ModelPicker, type Opening } from '@/features/models/model-picker'
import { ServersPicker } from '@/features/servers/servers-picker'
import type { useServers } from '@/features/servers/use-servers'
import { draftName } from '@/lib/ownership'
import type { PromptSource } from '@/lib/prompts'
import { meQuery, modelsQuery } from '@/lib/query'
import { text } from '@/strings/shell'
import type { Attachment, Settings } from '@/wire/wire.gen'
import { useLayout } from './layout'
import { useDoubt } from './use-doubt'

/** Until the server has said how much it takes, nothing is too long. */
const anyLength = Number.MAX_SAFE_INTEGER

/** AskBox is a composer with the pickers of servers and model. */
export function AskBox({
  draftKey,
  placeholder,
  running,
  waiting = false,
  settings,
  onSettings,
  servers,
  prompts,
  models: opening = {},
  gauge,
  ended,
  onSend,
  onStop,
  ref,
}: {
  draftKey: string
  placeholder: string
  running: boolean
  /** The answer waits for the person. */
  waiting?: boolean
  settings: Settings
  onSettings: (settings: Settings) => void
  servers: ReturnType<typeof useServers>
  prompts: PromptSource
  /** Opens the list of models from elsewhere. */
  models?: Opening
  /** Stands beside the model. */
  gauge?: ReactNode
  /** How the newest answer ended. */
  ended?: ComposerProps['ended']
  onSend: (question: string, attachments: Attachment[]) => Promise<void>
  onStop: () => Promise<void>
  ref?: Ref<ComposerHandle>
}) {
  const { data: me } = useQuery(meQuery)
  const models = useQuery(modelsQuery)
  const layout = useLayout()
  const doubt = useDoubt()
  const send = useCallback(
    (question: string, attachments: Attachment[]) => doubt(onSend(question, attachments)),
    [doubt, onSend],
  )
  const stop = useCallback(() => doubt(onStop()), [doubt, onStop])
  const sources = useMemo(() => servers.servers.filter((s) => s.status === 'ready'), [servers.servers])
  const noModel = models.data?.length === 0
  return (
    <Composer
      {...(ref === undefined ? {} : { ref })}
      key={draftKey}
      draft={me === undefined ? null : draftName(me.user.id, draftKey)}
      placeholder={placeholder}
      running={running}
      waiting={waiting}
      maxText={me?.maxText ?? anyLength}
      blocked={noModel ? text.noModel : undefined}
      attach={me?.attach}
      sources={sources}
      ended={ended}
      onSend={send}
      onStop={stop}
      prompts={prompts}
      left={
        <ServersPicker
          list={servers}
          choice={settings.servers}
          onChoice={(choice) => onSettings({ ...settings, servers: choice })}
          onOpenPanel={() => layout.setServersOpen(true)}
        />
      }
      right={
        <>
          {gauge}
          <ModelPicker
            value={settings.model}
            onChange={(model) => onSettings({ ...settings, model })}
            {...opening}
          />
        </>
      }
    />
  )
}
