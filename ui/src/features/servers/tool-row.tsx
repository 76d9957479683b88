import { Tooltip } from '@/ui/tooltip'
import { cn } from '@/ui/cn'
import type { Tool } from '@/wire/wire.gen'
import { text } from './strings'

/** ToolRow names a tool, says what it does and whether it only reads; one that is off is quieter. */
export function ToolRow({ tool, on }: { tool: Tool; on: boolean }) {
  return (
    <li className="border-t py-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <code className={cn('font-mono text-code trunc', !on && 'text-ink-3')}>{tool.tool}</code>
        <Tooltip label={tool.readOnly ? text.readOnlyHint : text.mayWriteHint} side="left">
          <small className={cn('flex-none text-2xs', tool.readOnly || !on ? 'text-ink-3' : 'text-warn')}>
            {tool.readOnly ? text.readOnly : text.mayWrite}
          </small>
        </Tooltip>
      </div>
      {tool.description !== '' && (
        <p className="line-clamp-2 text-xs leading-4.5 text-pretty text-ink-3" title={tool.description}>
          {tool.description}
        </p>
      )}
    </li>
  )
}
