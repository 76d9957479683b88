import { formatCount, formatPercent, formatUsd } from '@/lib/format'
import { text } from '@/strings/gauge'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import type { ContextFacts } from './context'

/** What ContextDetails shows, and what can be done about it; what is absent would not help. */
export interface ContextDetailsProps {
  facts: ContextFacts
  /** The model's name. */
  label: string
  toolTokens: number
  newThread: () => void
  openServers: (() => void) | undefined
  openModels: (() => void) | undefined
}

/** ContextDetails tells in numbers how full a context is and what the thread has used and cost. */
export function ContextDetails(props: ContextDetailsProps) {
  const { facts, label, toolTokens } = props
  const { all, cost } = facts
  return (
    <>
      <Fullness facts={facts} label={label} />
      {facts.level !== 'room' && <Remedies {...props} />}
      <dl className="border-t px-4 py-3 text-xs leading-5">
        <Fact
          name={text.all}
          value={(all.estimated ? text.aboutTokens : text.tokens)(all.read + all.written)}
        />
        <Fact name={text.read} value={formatCount(all.read)} />
        {all.cached > 0 && <Fact share name={text.cached} value={formatCount(all.cached)} />}
        {all.tools > 0 && <Fact share name={text.toolShare} value={formatCount(all.tools)} />}
        <Fact name={text.written} value={formatCount(all.written)} />
        {all.reasoning > 0 && <Fact share name={text.reasoning} value={formatCount(all.reasoning)} />}
        {toolTokens > 0 && <Fact name={text.definitions} value={formatCount(toolTokens)} />}
        {cost && (
          <Fact
            name={text.cost}
            value={cost.whole ? formatUsd(cost.usd) : text.atLeast(formatUsd(cost.usd))}
          />
        )}
      </dl>
      {cost && (
        <p className="-mt-1 px-4 pb-3 text-xs text-pretty text-ink-3">
          {cost.whole ? text.costNote : `${text.costPart} ${text.costNote}`}
        </p>
      )}
    </>
  )
}

function Fullness({
  facts: { used, most, share, level },
  label,
}: Pick<ContextDetailsProps, 'facts' | 'label'>) {
  const percent = share === undefined ? undefined : formatPercent(share)
  return (
    <div className="px-4 pt-3 pb-3">
      <p className="flex items-baseline justify-between gap-3">
        <b className="font-medium">{text.title}</b>
        {used !== undefined && (
          <span className="text-ink-2 num">
            {most === undefined ? text.tokens(used) : text.of(used, most)}
          </span>
        )}
      </p>
      {share !== undefined && used !== undefined && most !== undefined && (
        <div
          role="meter"
          aria-label={text.meter(label)}
          aria-valuemin={0}
          aria-valuemax={most}
          aria-valuenow={Math.min(used, most)}
          aria-valuetext={`${text.of(used, most)}, ${percent}`}
          className="mt-2 h-1.5 overflow-hidden rounded-sm bg-line"
        >
          <i
            className={cn(
              'block h-full min-w-1 rounded-sm',
              level === 'room' ? 'bg-primary' : level === 'tight' ? 'bg-warn' : 'bg-danger',
            )}
            style={{ width: `${Math.min(share, 1) * 100}%` }}
          />
        </div>
      )}
      <p className="mt-1.5 text-xs text-pretty text-ink-3">
        {used === undefined
          ? text.nothing
          : percent === undefined
            ? text.unknown(label)
            : text.full(percent, label)}
      </p>
    </div>
  )
}

function Remedies({ facts, label, newThread, openServers, openModels }: ContextDetailsProps) {
  return (
    <div className="border-t px-4 py-3">
      <p className="text-xs text-pretty text-ink-2">
        {facts.level === 'over' && `${text.over(label)} `}
        {facts.level === 'tight' && text.tight}
      </p>
      <div className="mt-2.5 flex flex-wrap gap-1.5">
        <Button size="sm" onClick={newThread}>
          {text.newThread}
        </Button>
        {openModels && (
          <Button size="sm" onClick={openModels}>
            {text.model}
          </Button>
        )}
        {openServers && (
          <Button size="sm" variant="quiet" onClick={openServers}>
            {text.tools}
          </Button>
        )}
      </div>
    </div>
  )
}

/** Fact is a line of numbers; a share is part of the line above it. */
function Fact({ name, value, share = false }: { name: string; value: string; share?: boolean }) {
  return (
    <div className={cn('flex justify-between gap-4', share ? 'pl-3 text-ink-3' : 'text-ink-2')}>
      <dt>{name}</dt>
      <dd className="flex-none num">{value}</dd>
    </div>
  )
}
