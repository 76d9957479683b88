import { text } from '@/strings/servers'
import { useId, useState } from 'react'
import { formatCount } from '@/lib/format'
import { cn } from '@/ui/cn'
import { Icon } from '@/ui/icon'
import { Switch } from '@/ui/switch'
import type { Tool } from '@/wire/wire.gen'

/**
 * ToolRow names a tool, says whether it is new or changed, whether it asks first and what it
 * weighs, and switches it for this thread; one that is off is quieter. Its name opens all that
 * is known of it.
 */
export function ToolRow({
  tool,
  change,
  usable,
  on,
  onSwitch,
}: {
  tool: Tool
  /** How it is another than before. */
  change: 'added' | 'changed' | undefined
  /** Its server is on; otherwise none of its tools is. */
  usable: boolean
  on: boolean
  onSwitch: (on: boolean) => void
}) {
  const [open, setOpen] = useState(false)
  const more = useId()
  const offered = usable && on
  const kind = tool.asks ? 'asks' : tool.readOnly ? 'readOnly' : 'mayWrite'
  return (
    <li className="border-t py-1.5">
      <div className="flex items-center gap-3">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={more}
          onClick={() => setOpen(!open)}
          className="group/tool -my-1 flex min-h-7 min-w-0 flex-1 items-center gap-2 rounded-sm text-left max-sm:min-h-10"
        >
          <code
            className={cn(
              'font-mono text-code group-hover/tool:underline group-hover/tool:decoration-line-control group-hover/tool:underline-offset-3',
              open ? 'wrap-anywhere' : 'trunc',
              !offered && 'text-ink-3',
            )}
          >
            {tool.tool}
          </code>
          <Icon
            name="chevronRight"
            size="xs"
            className={cn(
              'flex-none text-ink-3 transition-transform duration-(--t-mid)',
              open && 'rotate-90',
            )}
          />
        </button>
        <small className={cn('flex-none text-2xs', kind === 'asks' && offered ? 'text-warn' : 'text-ink-3')}>
          {text.kinds[kind]}
        </small>
        <small className="w-9 flex-none text-right text-2xs text-ink-3 num">
          <span aria-hidden="true">{formatCount(tool.tokens)}</span>
          <span className="sr-only">{text.tokens(tool.tokens)}</span>
        </small>
        <Switch
          tone="neutral"
          aria-label={text.toolSwitch(tool.tool)}
          checked={on}
          disabled={!usable}
          onCheckedChange={onSwitch}
        />
      </div>
      <div id={more} className="pr-10 text-xs leading-4.5 text-pretty wrap-anywhere text-ink-3">
        {(tool.description !== '' || change) && (
          <p className={open ? 'mb-1 whitespace-pre-line text-ink-2' : 'line-clamp-2'}>
            {change && (
              <b className="mr-1.5 rounded-sm bg-accent-tint px-1 text-2xs font-medium text-accent-ink">
                {text.badges[change]}
              </b>
            )}
            {tool.description}
          </p>
        )}
        {open && (
          <p>
            {text.kindHints[kind]} {text.costs(tool.tokens)}
          </p>
        )}
      </div>
    </li>
  )
}
