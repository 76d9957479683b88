import { formatCount } from '@/lib/format'
import { text } from '@/strings/servers'
import { cn } from '@/ui/cn'
import { Switch } from '@/ui/switch'
import { Tooltip } from '@/ui/tooltip'
import type { Tool } from '@/wire/wire.gen'

/**
 * ToolRow names a tool, says what it does, whether it asks first and what it weighs, and
 * switches it for this thread; one that is off is quieter.
 */
export function ToolRow({
  tool,
  usable,
  on,
  onSwitch,
}: {
  tool: Tool
  /** Its server is on; otherwise none of its tools is. */
  usable: boolean
  on: boolean
  onSwitch: (on: boolean) => void
}) {
  const offered = usable && on
  const kind = tool.asks ? 'asks' : tool.readOnly ? 'readOnly' : 'mayWrite'
  return (
    <li className="border-t py-1.5">
      <div className="flex items-center gap-3">
        <code className={cn('flex-1 font-mono text-code trunc', !offered && 'text-ink-3')}>{tool.tool}</code>
        <Tooltip label={text.kindHints[kind]} side="left">
          <small className={cn('text-2xs', kind === 'asks' && offered ? 'text-warn' : 'text-ink-3')}>
            {text.kinds[kind]}
          </small>
        </Tooltip>
        <small className="w-9 text-right text-2xs text-ink-3 num" title={text.tokens(tool.tokens)}>
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
      {tool.description !== '' && (
        <p className="line-clamp-2 pr-10 text-xs leading-4.5 text-pretty text-ink-3" title={tool.description}>
          {tool.description}
        </p>
      )}
    </li>
  )
}
