import { Tooltip } from '@/ui/tooltip'
import { cn } from '@/ui/cn'
import type { Tool } from '@/wire/wire.gen'
import { text } from './strings'

/** ToolRow names a tool, says what it does and whether it only reads. */
export function ToolRow({ tool }: { tool: Tool }) {
  return (
    <li className="border-t py-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <code className="font-mono text-code trunc">{tool.tool}</code>
        <Tooltip label={tool.readOnly ? text.readOnlyHint : text.mayWriteHint} side="left">
          <small className={cn('flex-none text-2xs', tool.readOnly ? 'text-ink-3' : 'text-warn')}>
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
