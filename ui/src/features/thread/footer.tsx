import { Fragment } from 'react'
import { formatMoment } from '@/lib/format'
import { CopyButton } from '@/ui/copy-button'
import { IconButton } from '@/ui/icon-button'
import type { Message, ToolPart } from '@/wire/wire.gen'
import { BranchPicker } from './branch-picker'
import { formatDuration } from './format'
import { useReader } from './reader'
import { strings } from './strings'
import { rowCountOf } from './table-data'
import type { Branch } from './tree'
import { textOf } from './turns'

/** Footer closes an answer: what can be done with it, and what it rests on. */
export function Footer({
  message,
  branch,
  onSelect,
  onAgain,
}: {
  message: Message
  branch: Branch | undefined
  onSelect: (id: string) => void
  /** Absent while nothing can be asked: its button keeps its place. */
  onAgain: (() => void) | undefined
}) {
  const { modelLabel } = useReader()
  const text = textOf(message)
  const facts = [...callFacts(message), modelFact(message, modelLabel)].filter((fact) => fact !== '')
  return (
    <footer className="afoot">
      <div className="acts">
        {text !== '' && <CopyButton text={text} words={strings.copyAnswer} />}
        {message.status === 'finished' && (
          <IconButton
            icon="again"
            iconSize="sm"
            label={strings.answerAgain}
            onClick={onAgain}
            disabled={!onAgain}
          />
        )}
        {branch && <BranchPicker message={message.id} branch={branch} onSelect={onSelect} />}
      </div>
      <span className="src num" title={message.endedAt && formatMoment(new Date(message.endedAt))}>
        {facts.map((fact, i) => (
          <Fragment key={fact}>
            {i > 0 && <span aria-hidden="true">·</span>}
            <span>{fact}</span>
          </Fragment>
        ))}
      </span>
    </footer>
  )
}

function callFacts(message: Message): string[] {
  const calls = message.parts.filter((p): p is ToolPart => p.type === 'dynamic-tool')
  const answered = calls.filter((p) => p.output && !p.output.isError)
  if (answered.length === 0) return []
  const servers = [...new Set(answered.map((p) => p.tool.serverName))]
  const rows = answered.map(rowCountOf).filter((n) => n !== undefined)
  const took = calls.reduce((sum, p) => sum + (p.durationMs ?? 0), 0)
  return [
    strings.from(servers.join(', ')),
    strings.countCalls(calls.length),
    rows.length > 0 ? strings.rows(rows.reduce((sum, n) => sum + n, 0)) : '',
    formatDuration(took),
  ]
}

function modelFact({ model, usage, createdAt, endedAt }: Message, label: (id: string) => string): string {
  const tokens = usage ? usage.inputTokens + usage.outputTokens : 0
  const took = endedAt === undefined ? 0 : new Date(endedAt).getTime() - new Date(createdAt).getTime()
  return [
    model === undefined ? '' : label(model),
    tokens > 0 ? strings.tokens(tokens) : '',
    took > 0 ? strings.took(formatDuration(took)) : '',
  ]
    .filter((fact) => fact !== '')
    .join(', ')
}
