import { titleOf, type PromptGroup } from '@/lib/prompts'
import { text } from '@/strings/servers'
import { Icon } from '@/ui/icon'
import { Skeleton } from '@/ui/skeleton'
import type { Server } from '@/wire/wire.gen'
import { connectURL, usable, type Choice } from './choice'
import { rememberConnect } from './connecting'
import { ServerIcon } from './server-icon'
import { suggestionsFor, type Suggestion } from './suggestions'

/**
 * SuggestionsList offers under each server that is on what it suggests to begin with, and what
 * can be connected.
 */
export function SuggestionsList({
  servers,
  choice,
  prompts,
  plain,
  disabled,
  onAsk,
  onPrompt,
}: {
  servers: readonly Server[]
  choice: Choice
  prompts: readonly PromptGroup[]
  /** The model that will answer takes plain questions alone. */
  plain: boolean
  disabled: boolean
  onAsk: (question: string) => void
  onPrompt: (server: string, name: string) => void
}) {
  const offers = usable(choice, servers)
    .map((server) => {
      const group = prompts.find((one) => one.server === server.id)
      const loading = group?.state === 'loading'
      return { server, loading, ...suggestionsFor(server, group, plain) }
    })
    .filter(({ rows, loading }) => rows.length > 0 || loading)
  const locked = servers.filter((server) => server.status === 'needs_connect')
  return (
    <>
      {offers.map(({ server, loading, rows, more }, i) => (
        <section key={server.id} className={i === 0 ? 'mt-8' : 'mt-6'}>
          <h3 className="flex items-center gap-2 pb-2 text-xs font-medium text-ink-2">
            <ServerIcon server={server} size="sm" />
            {server.name}
            <span className="font-normal text-ink-3 num">{text.tools(server.tools.length)}</span>
          </h3>
          {loading ? (
            <Loading server={server} />
          ) : (
            <ul className="border-b">
              {rows.map((row) => (
                <Row
                  key={row.kind === 'question' ? row.question : row.prompt.name}
                  row={row}
                  disabled={disabled}
                  onPress={() =>
                    row.kind === 'question' ? onAsk(row.question) : onPrompt(server.id, row.prompt.name)
                  }
                />
              ))}
            </ul>
          )}
          {more > 0 && <p className="pt-2 text-xs text-ink-3">{text.morePrompts(more)}</p>}
        </section>
      ))}
      {locked.map((server) => (
        <Locked key={server.id} server={server} />
      ))}
    </>
  )
}

/** A question is sent when it is pressed; a prompt comes into the field to be looked over. */
function Row({ row, disabled, onPress }: { row: Suggestion; disabled: boolean; onPress: () => void }) {
  const question = row.kind === 'question'
  const command = question ? row.prompt : row.prompt.name
  return (
    <li className="border-t">
      <button
        type="button"
        disabled={disabled}
        onClick={onPress}
        className="grid min-h-10 w-full grid-cols-[minmax(0,1fr)_auto_16px] items-center gap-3 py-1 text-left transition-colors hover:bg-hover disabled:pointer-events-none disabled:opacity-50 max-sm:min-h-11"
      >
        {question ? (
          <span className="text-pretty">{row.question}</span>
        ) : (
          <span className="min-w-0">
            {titleOf(row.prompt)}
            {row.prompt.description !== undefined && (
              <span className="block trunc text-xs text-ink-3">{row.prompt.description}</span>
            )}
          </span>
        )}
        {command !== undefined && (
          <code className="font-mono text-2xs text-ink-3 max-sm:hidden">/{command}</code>
        )}
        <Icon name={question ? 'chevronRight' : 'edit'} size="sm" className="col-start-3 text-ink-3" />
      </button>
    </li>
  )
}

function Loading({ server }: { server: Server }) {
  return (
    <div role="status" className="border-b">
      <span className="sr-only">{text.loadingPrompts(server.name)}</span>
      {['w-56', 'w-44', 'w-64'].map((width) => (
        <span key={width} className="flex min-h-10 items-center border-t max-sm:min-h-11">
          <Skeleton className={width} />
        </span>
      ))}
    </div>
  )
}

function Locked({ server }: { server: Server }) {
  const href = connectURL(server, location.href)
  return (
    <section className="mt-6 flex min-h-10 items-center gap-2 border-y text-xs">
      <ServerIcon server={server} size="sm" className="text-ink-2" />
      <h3 className="font-medium text-ink-2">{server.name}</h3>
      <span className="min-w-0 flex-1 trunc text-ink-3">{text.onceConnected}</span>
      {href !== null && (
        <a
          href={href}
          onClick={() => rememberConnect(server)}
          aria-label={text.connectTo(server.name)}
          className="flex min-h-7 items-center px-1 font-medium no-underline hover:underline"
        >
          {text.connect}
        </a>
      )}
    </section>
  )
}
