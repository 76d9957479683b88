import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createFileRoute, useNavigate, useRouter } from '@tanstack/react-router'
import { useCallback, useDeferredValue, useEffect, useRef, useState } from 'react'
import { greeting } from '@/features/account/greeting'
import type { ComposerHandle } from '@/features/composer/composer-props'
import { isNorthwind } from '@/features/servers/suggestions'
import { SuggestionsList } from '@/features/servers/suggestions-list'
import { useServers } from '@/features/servers/use-servers'
import { markdown } from '@/features/thread/prose/markdown-part'
import { keys, meQuery } from '@/lib/query'
import { useTellTabs } from '@/lib/tabs'
import { text } from '@/strings/shell'
import type { Attachment, Server } from '@/wire/wire.gen'
import { AskBox } from './-shell/ask-box'
import { useNewChoice } from './-shell/new-choice'
import { Page } from './-shell/page'
import { startThread } from './-shell/start-thread'
import { usePrompts } from './-shell/use-prompts'

// Not split off: it is what most people see first, and one round trip less.
export const Route = createFileRoute('/')({ component: Home, codeSplitGroupings: [] })

const noServers: Server[] = []

/** Home greets, takes the first question and offers some. */
function Home() {
  const { data: me } = useQuery(meQuery)
  const servers = useServers()
  const { settings, choose: setSettings, used } = useNewChoice()
  const prompts = usePrompts(servers.servers, settings, true)
  const [starting, setStarting] = useState(false)
  const composer = useRef<ComposerHandle>(null)
  const client = useQueryClient()
  const tell = useTellTabs()
  const navigate = useNavigate()
  const router = useRouter()
  const [opened] = useState(() => new Date())

  useEffect(() => {
    const timer = setTimeout(() => void router.loadRouteChunk(router.routesByPath['/t/$threadId']), 500)
    return () => clearTimeout(timer)
  }, [router])

  const start = useCallback(
    async (question: string, attachments: Attachment[]) => {
      setStarting(true)
      // Loaded before they are needed: with the answer under way the session may end.
      void router.loadRouteChunk(router.routesByPath['/t/$threadId'])
      void markdown.load()
      try {
        const threadId = await startThread(question, settings, attachments)
        void client.invalidateQueries({ queryKey: keys.allThreads })
        tell(threadId)
        await navigate({ to: '/t/$threadId', params: { threadId } })
        // Only now, as the choice is still on view until then.
        used()
      } finally {
        setStarting(false)
      }
    },
    [client, navigate, router, settings, tell, used],
  )
  // What one can type comes first.
  const shownServers = useDeferredValue(servers.servers, noServers)
  const knowsNorthwind = servers.servers.some(isNorthwind)
  return (
    <Page
      name={text.newThread}
      heading={<h1 className="trunc font-semibold max-sm:flex-1">{text.newThread}</h1>}
      servers={servers}
      settings={settings}
      onSettings={setSettings}
    >
      <div className="scroll-thin flex-1">
        <div className="mx-auto max-w-180 px-10 pt-[10vh] pb-8 max-sm:px-4 max-sm:pt-[8vh]">
          <div className="min-h-8">
            {me && <h2 className="text-xl font-semibold tracking-[-.022em]">{greeting(me.user, opened)}</h2>}
          </div>
          <p className="mt-1 mb-6 text-base text-ink-2">{text.home}</p>
          <AskBox
            ref={composer}
            draftKey="new"
            placeholder={knowsNorthwind ? text.homePlaceholder : text.homePlaceholderPlain}
            running={false}
            settings={settings}
            onSettings={setSettings}
            servers={servers}
            prompts={prompts}
            onSend={start}
            onStop={() => Promise.resolve()}
          />
          <SuggestionsList
            servers={shownServers}
            choice={settings.servers}
            prompts={prompts.groups}
            plain={prompts.plain}
            disabled={starting}
            onAsk={(question) => composer.current?.send(question)}
            onPrompt={(server, name) => composer.current?.prompt(server, name)}
          />
        </div>
      </div>
    </Page>
  )
}
