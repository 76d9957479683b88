import { text } from '@/strings/servers'
import { formatCount } from '@/lib/format'
import { cn } from '@/ui/cn'
import type { Server } from '@/wire/wire.gen'
import { toolCount } from './choice'
import { offered, type ToolChoice } from './tools'

const colours = ['bg-chart-1', 'bg-chart-2', 'bg-chart-3', 'bg-chart-4', 'bg-chart-5']

/** ToolBudget sums up what is offered to the model, which server weighs how much of it, and how much is left. */
export function ToolBudget({
  servers,
  choice,
  most,
}: {
  servers: readonly Server[]
  choice: ToolChoice
  /** Tokens above which tools are searched for, if that is known. */
  most: number | undefined
}) {
  const { tools, shares } = offered(servers, choice)
  const tokens = shares.reduce((sum, share) => sum + share.tokens, 0)
  return (
    <div className="border-b px-5 py-4 max-sm:px-4">
      <p className="flex justify-between gap-3 num">
        <span className="font-medium">{text.summary(tools, toolCount(servers))}</span>
        <span className={most !== undefined && tokens > most ? 'text-warn' : 'text-ink-2'}>
          {most === undefined ? text.tokens(tokens) : text.tokensOf(tokens, most)}
        </span>
      </p>
      {shares.length > 0 && (
        <>
          <div aria-hidden="true" className="my-2 flex h-1.5 gap-0.5">
            {shares.map((share, i) => (
              <i
                key={share.server.id}
                className={cn('min-w-1 rounded-sm', colours[i % colours.length])}
                style={{ flexGrow: share.tokens }}
              />
            ))}
            {most !== undefined && most > tokens && (
              <i className="rounded-sm bg-line" style={{ flexGrow: most - tokens }} />
            )}
          </div>
          <ul className="flex flex-wrap gap-x-3 gap-y-1 text-xs text-ink-3">
            {shares.map(({ server, tokens: own }, i) => (
              <li key={server.id}>
                <i
                  aria-hidden="true"
                  className={cn('mr-1.5 inline-block size-2 rounded-sm', colours[i % colours.length])}
                />
                {server.name} <span className="num">{formatCount(own)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="mt-1.5 text-xs text-pretty text-ink-3">
        {text.summaryNote} {most !== undefined && text.searches(most)}
      </p>
    </div>
  )
}
