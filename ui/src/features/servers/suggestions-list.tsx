import { Icon } from '@/ui/icon'
import type { Server } from '@/wire/wire.gen'
import { connectURL, usable, type Choice } from './choice'
import { rememberConnect } from './connecting'
import { ServerIcon } from './server-icon'
import { text } from './strings'
import { suggestionsFor } from './suggestions'

/** SuggestionsList offers questions under each server that is on, and what can be connected. */
export function SuggestionsList({
  servers,
  choice,
  disabled,
  onAsk,
}: {
  servers: readonly Server[]
  choice: Choice
  disabled: boolean
  onAsk: (question: string) => void
}) {
  const offers = usable(choice, servers)
    .map((server) => ({ server, questions: suggestionsFor(server) }))
    .filter(({ questions }) => questions.length > 0)
  const locked = servers.filter((server) => server.status === 'needs_connect')
  return (
    <>
      {offers.map(({ server, questions }, i) => (
        <section key={server.id} className={i === 0 ? 'mt-8' : 'mt-6'}>
          <h3 className="flex items-center gap-2 pb-2 text-xs font-medium text-ink-2">
            <ServerIcon server={server} size="sm" />
            {server.name}
            <span className="font-normal text-ink-3 num">{text.tools(server.tools.length)}</span>
          </h3>
          <ul className="border-b">
            {questions.map(({ question, tool }) => (
              <li key={question} className="border-t">
                <button
                  type="button"
                  disabled={disabled}
                  onClick={() => onAsk(question)}
                  className="grid min-h-10 w-full grid-cols-[minmax(0,1fr)_auto_16px] items-center gap-3 py-1 text-left transition-colors hover:bg-hover disabled:pointer-events-none disabled:opacity-50 max-sm:min-h-11"
                >
                  <span className="text-pretty">{question}</span>
                  <code className="font-mono text-2xs text-ink-3 max-sm:hidden">{tool}</code>
                  <Icon name="chevronRight" size="sm" className="col-start-3 text-ink-3" />
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {locked.map((server) => (
        <Locked key={server.id} server={server} />
      ))}
    </>
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
