import { useMemo, useRef, useState } from 'react'
import { formatPercent } from '@/lib/format'
import { partOf, usePart } from '@/lib/part'
import { text } from '@/strings/gauge'
import { cn } from '@/ui/cn'
import { Popover, PopoverContent, PopoverTrigger } from '@/ui/popover'
import type { Message, ModelInfo } from '@/wire/wire.gen'
import { contextFacts } from './context'
import { ContextRing } from './context-ring'

const details = partOf(() => import('./context-details'))

/** What a person can do to make room, each where it helps. */
export interface Room {
  newThread: () => void
  openServers: () => void
  openModels: () => void
}

/** What a gauge tells of. */
export interface ContextGaugeProps {
  /** All messages of the thread, and the line of them that is on view. */
  thread: { messages: readonly Message[]; path: readonly Message[] }
  /** The model of the next question, and those that may be chosen in its place. */
  model: ModelInfo | undefined
  models: readonly ModelInfo[]
  /** What the descriptions of tools take of each question, about, in tokens; 0 if there are none. */
  toolTokens: number
  room: Room
}

/**
 * ContextGauge is a quiet ring that tells how full the model's context is, and opens into what the
 * thread has used. There is none where nothing is known.
 */
export function ContextGauge({
  thread: { messages, path },
  model,
  models,
  toolTokens,
  room,
}: ContextGaugeProps) {
  const facts = useMemo(() => contextFacts({ messages, path }, model), [messages, path, model])
  const view = usePart(details)
  const [open, setOpen] = useState(false)
  // What is done next waits until the focus would go back, which would close what it opens.
  const next = useRef<() => void>(null)
  if (facts === undefined || model === undefined) return null
  const { share, level } = facts
  const percent = share === undefined ? undefined : formatPercent(share)
  const after = (act: () => void) => () => {
    next.current = act
    setOpen(false)
  }
  const larger = models.some((m) => (m.contextTokens ?? 0) > (facts.most ?? Infinity))
  return (
    <Popover
      open={open && view !== undefined}
      onOpenChange={(to) => {
        void details.load()
        setOpen(to)
      }}
    >
      <PopoverTrigger
        aria-label={percent === undefined ? text.openUnknown : text.open(percent)}
        onPointerEnter={() => void details.load()}
        onFocus={() => void details.load()}
        className={cn(
          'flex h-7 min-w-7 flex-none items-center justify-center gap-1.5 rounded-md px-1.5 text-xs transition-colors hover:bg-hover data-[state=open]:bg-pressed max-sm:h-10 max-sm:min-w-10',
          level === 'tight' && 'text-warn',
          level === 'over' && 'text-danger',
        )}
      >
        <ContextRing share={share} level={level} />
        {level !== 'room' && <span className="num">{percent}</span>}
      </PopoverTrigger>
      <PopoverContent
        align="end"
        aria-label={text.title}
        className="w-80 p-0!"
        onCloseAutoFocus={(event: Event) => {
          if (next.current === null) return
          event.preventDefault()
          next.current()
          next.current = null
        }}
      >
        {view && (
          <view.ContextDetails
            facts={facts}
            label={model.label}
            toolTokens={toolTokens}
            newThread={after(room.newThread)}
            openServers={toolTokens > 0 ? after(room.openServers) : undefined}
            openModels={larger ? after(room.openModels) : undefined}
          />
        )}
      </PopoverContent>
    </Popover>
  )
}
