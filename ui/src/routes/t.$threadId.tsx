import { useQuery } from '@tanstack/react-query'
import { createFileRoute, useLocation, useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { ComposerHandle, ComposerProps } from '@/features/composer/composer-props'
import { ThreadTitle } from '@/features/history/thread-title'
import { useSeen } from '@/features/history/use-seen'
import { useServers } from '@/features/servers/use-servers'
import { waitingFor } from '@/features/thread/state/call-state'
import { LinkGuard } from '@/features/thread/links/link-guard'
import { hasProse, markdown } from '@/features/thread/prose/markdown-part'
import { Transcript } from '@/features/thread/transcript'
import { useThread, type ThreadState } from '@/features/thread/state/use-thread'
import type { Target } from '@/features/thread/use-target'
import { WaitingBar } from '@/features/thread/waiting-bar'
import { usePart } from '@/lib/part'
import { meQuery, modelsQuery, threadQuery } from '@/lib/query'
import { chosenOf } from '@/lib/settings'
import { text } from '@/strings/shell'
import { Button } from '@/ui/button'
import { Skeleton } from '@/ui/skeleton'
import type { Attachment, Message, Settings } from '@/wire/wire.gen'
import { AskBox } from './-shell/ask-box'
import { useLayout } from './-shell/layout'
import { Lost, NoThread } from './-shell/lost'
import { Page } from './-shell/page'
import { ThreadGauge } from './-shell/thread-gauge'
import { useOnline } from './-shell/use-online'
import { usePrompts } from './-shell/use-prompts'
import { useSettings } from './-shell/use-settings'

// A thread and what reads Markdown are fetched together with the page that needs them, not after
// it; when the pointer only passes over a link, what is large is not.
export const Route = createFileRoute('/t/$threadId')({
  component: ThreadPage,
  loader({ context, params, cause }) {
    void markdown.load()
    if (cause === 'enter') void context.client.prefetchQuery(threadQuery(params.threadId))
  },
})

const noSettings: Settings = { servers: null }

function ThreadPage() {
  const { threadId } = Route.useParams()
  return <Thread key={threadId} threadId={threadId} />
}

/** Thread is one conversation with its composer below. */
function Thread({ threadId }: { threadId: string }) {
  const thread = useThread(threadId)
  const servers = useServers()
  const prompts = usePrompts(servers.servers, thread.detail?.settings ?? noSettings)
  const navigate = useNavigate()
  const online = useOnline()
  const change = useSettings(threadId)
  const { data: me } = useQuery(meQuery)
  const { data: models } = useQuery(modelsQuery)
  const layout = useLayout()
  const settings = thread.detail?.settings ?? noSettings
  const title = thread.detail?.thread.title ?? ''
  const { send } = thread
  const { setServersOpen } = layout
  const composer = useRef<ComposerHandle>(null)
  const toComposer = useCallback(() => composer.current?.focus(), [])
  const { connectTo, returned } = servers
  useRetry(thread, returned)
  const legible = useLegible(thread)
  const [atEnd, setAtEnd] = useState(false)
  useSeen(threadId, {
    unread: thread.detail?.thread.unread === true && !thread.running,
    path: thread.path,
    inView: atEnd && legible,
  })
  const openServers = useCallback(() => setServersOpen(true), [setServersOpen])
  const addresses = useMemo(() => servers.servers.map((server) => server.url), [servers.servers])
  const [modelsOpen, setModelsOpen] = useState(false)
  const openModels = useCallback(() => setModelsOpen(true), [])

  const ask = useCallback(
    (question: string, attachments: Attachment[]) =>
      send(question, { ...chosenOf(settings), ...(attachments.length > 0 && { attachments }) }),
    [send, settings],
  )
  const target = useMessageInAddress(thread)
  const last = thread.path.at(-1)
  const ended = useMemo(() => endOf(last), [last])
  return (
    <Page
      name={
        thread.phase === 'missing'
          ? text.missing.head
          : thread.phase === 'loading'
            ? text.loadingThread
            : thread.waiting
              ? text.waitingFor(title || text.newThread)
              : title || text.newThread
      }
      heading={
        thread.detail ? (
          <ThreadTitle
            id={threadId}
            title={title}
            archived={thread.detail.thread.archived}
            leaf={thread.path.at(-1)?.id}
            onRemoved={() => void navigate({ to: '/' })}
            onRestored={() => void navigate({ to: '/t/$threadId', params: { threadId } })}
          />
        ) : thread.phase === 'missing' ? (
          <p className="font-semibold">{text.missing.bar}</p>
        ) : (
          thread.phase === 'loading' && <h1 className="sr-only">{text.loadingThread}</h1>
        )
      }
      servers={servers}
      settings={settings}
      onSettings={change}
    >
      {thread.phase === 'missing' && <NoThread />}
      {thread.phase === 'failed' && (
        <Lost head={text.failed.head} body={thread.error?.detail ?? ''}>
          <Button variant="primary" onClick={thread.reload}>
            {text.failed.retry}
          </Button>
        </Lost>
      )}
      {(thread.phase === 'loading' || (thread.phase === 'ready' && !legible)) && <Loading />}
      {thread.phase === 'ready' && legible && (
        <>
          <LinkGuard threadId={threadId} servers={addresses}>
            <Transcript
              thread={thread}
              me={me}
              models={models}
              onOpenServers={openServers}
              connectTo={connectTo}
              onOpenModels={openModels}
              onNewThread={layout.newThread}
              toComposer={toComposer}
              onAtEnd={setAtEnd}
              target={target}
            />
          </LinkGuard>
          <div className="relative flex-none px-10 pb-4 @max-[860px]/main:px-6 max-sm:px-2! max-sm:pb-2">
            <div className="mx-auto max-w-220">
              {thread.waiting && <WaitingBar call={thread.waiting} />}
              <AskBox
                ref={composer}
                draftKey={threadId}
                placeholder={
                  !online ? text.offlinePlaceholder : thread.waiting ? text.waitingPlaceholder : text.followUp
                }
                running={thread.running}
                waiting={thread.waiting !== undefined}
                settings={settings}
                onSettings={change}
                servers={servers}
                prompts={prompts}
                models={{ open: modelsOpen, onOpenChange: setModelsOpen }}
                gauge={
                  thread.detail && (
                    <ThreadGauge
                      messages={thread.detail.messages}
                      path={thread.path}
                      settings={settings}
                      servers={servers.servers}
                      onOpenModels={openModels}
                    />
                  )
                }
                ended={ended}
                onSend={ask}
                onStop={thread.stop}
              />
              {me?.mode === 'gateway' && (
                <p className="mt-2 -mb-1 text-center text-2xs text-ink-3 max-sm:hidden">
                  {text.runsAs(me.user.email)}
                </p>
              )}
            </div>
          </div>
        </>
      )}
    </Page>
  )
}

/**
 * Returns the message that the address names after its #, and shows the branch in which it is. Each
 * visit of the address is another one.
 */
function useMessageInAddress({ detail, path, selectBranch }: ThreadState): Target | undefined {
  const message = useLocation({ select: ({ hash }) => hash })
  const visit = useLocation({ select: ({ state }) => state.key ?? '' })
  const words = useLocation({ select: ({ state }) => state.words })
  const shown = useRef<string>(undefined)
  const known = detail?.messages.some(({ id }) => id === message) === true
  useEffect(() => {
    if (!known || shown.current === visit) return
    shown.current = visit
    if (!path.some(({ id }) => id === message)) selectBranch(message)
  }, [known, message, path, selectBranch, visit])
  return useMemo(() => (known ? { message, visit, words } : undefined), [known, message, visit, words])
}

/** How the answer ended that a thread ends with, if it did. */
function endOf(last: Message | undefined): ComposerProps['ended'] {
  if (last?.role !== 'assistant' || last.status === 'running') return undefined
  return { id: last.id, status: last.status, at: last.endedAt }
}

/**
 * Tells whether a thread can be shown in one piece: what is written in it waits for the part that
 * reads Markdown, which is on its way. A thread that is on view stays there.
 */
function useLegible({ phase, path }: ThreadState): boolean {
  const reads = usePart(markdown) !== undefined
  const [shown, setShown] = useState(false)
  const legible = shown || reads || !hasProse(path)
  if (phase === 'ready' && legible && !shown) setShown(true)
  return legible
}

/** Tries the calls again that waited for a server which the person comes back from connecting. */
function useRetry({ live, renew }: ThreadState, returned: string | undefined) {
  const done = useRef(false)
  // The calls as one word: a page that took the message itself would be drawn with each of its frames.
  const waiting = useSyncExternalStore(live?.subscribe ?? silent, () =>
    returned === undefined ? '' : waitingFor(live?.get(), returned).join(' '),
  )
  useEffect(() => {
    if (waiting === '' || done.current) return
    done.current = true
    // What comes of it is for the calls to say.
    renew({ retry: waiting.split(' ') }).catch(() => undefined)
  }, [waiting, renew])
}

const silent = () => () => undefined

function Loading() {
  return (
    <div role="status" className="mx-auto w-full max-w-240 flex-1 px-10 pt-12 max-sm:px-4">
      <span className="sr-only">{text.loadingThread}</span>
      <Skeleton className="h-2.5! w-24" />
      <Skeleton className="mt-4 h-4! w-2/3" />
      <Skeleton className="mt-8 w-full" />
      <Skeleton className="mt-4 w-full" />
      <Skeleton className="mt-8 w-3/5" />
    </div>
  )
}
