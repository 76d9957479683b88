import { strings } from '@/strings/thread'
import { Collapsible, CollapsibleContent, CollapsibleTrigger } from '@/ui/collapsible'
import { Icon } from '@/ui/icon'
import type { ReasoningPart } from '@/wire/wire.gen'
import { Prose } from './prose'

/** Thought is the summary of a model's reasoning, folded away under what it is about. */
export function Thought({ parts, live }: { parts: readonly ReasoningPart[]; live: boolean }) {
  const streaming = live && parts.at(-1)?.state === 'streaming'
  const text = parts.map((p) => p.text.trim()).join('\n\n')
  const about = topicOf(text, streaming)
  return (
    <Collapsible className="think">
      <CollapsibleTrigger className="think__line">
        <Icon name="chevronRight" size="sm" className="chev" />
        <span>{streaming ? strings.thinking : strings.thought}</span>
        {about !== undefined && <span className="think__about">{about}</span>}
      </CollapsibleTrigger>
      <CollapsibleContent className="think__body">
        <Prose text={text} streaming={streaming} />
      </CollapsibleContent>
    </Collapsible>
  )
}

/** Summaries head their sections with a bold line: the newest while it streams, else the first. */
function topicOf(text: string, newest: boolean): string | undefined {
  const topics = [...text.matchAll(/^\*\*(.+?)\*\*\s*$/gm)].map((m) => m[1])
  return newest ? topics.at(-1) : topics[0]
}
