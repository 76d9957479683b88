import { useState } from 'react'
import { formatMoment, formatWhen } from '@/lib/format'
import { keyCaps } from '@/lib/shortcut'
import { text } from '@/strings/palette'
import { useCombobox } from '@/ui/combobox'
import { Dialog, DialogContent, DialogTitle } from '@/ui/dialog'
import { useFocusReturn } from '@/ui/focus-return'
import { Icon } from '@/ui/icon'
import { Kbd } from '@/ui/kbd'
import type { ThreadSummary } from '@/wire/wire.gen'
import { matching, type Command, type Group } from './commands'
import { PaletteLine } from './palette-line'
import { useHits } from './use-hits'

/** What the palette offers beside the person's threads, and what it tells. */
export type PaletteProps = {
  actions: readonly Command[]
  models: readonly Command[]
  /** Threads on their way out, which are not offered. */
  hidden: ReadonlySet<string>
  onThread: (id: string) => void
  onHelp: () => void
  onClose: () => void
}

/**
 * Palette is a field over a list: threads by what is written in them, what can be done, and
 * the models. Choosing closes it first, so that what is done may move the focus.
 */
export function Palette(props: PaletteProps) {
  const { onClose } = props
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        aria-describedby={undefined}
        className="flex max-h-[min(560px,calc(100dvh-160px))] flex-col overflow-clip max-sm:max-h-[calc(100dvh-32px)]"
        size="wide"
        {...useFocusReturn()}
      >
        <DialogTitle className="sr-only">{text.title}</DialogTitle>
        <Lines {...props} />
      </DialogContent>
    </Dialog>
  )
}

function Lines({ actions, models, hidden, onThread, onHelp, onClose }: PaletteProps) {
  const [query, setQuery] = useState('')
  const [now] = useState(() => new Date())
  const { threads, state } = useHits(query, hidden)
  const searches = query.trim() !== ''
  const all: Group[] = [
    {
      name: searches ? text.threads : text.recent,
      commands: threads.map((one) => lineOf(one, now, () => onThread(one.id))),
    },
    { name: text.actions, commands: matching(actions, query) },
    { name: text.models, commands: matching(models, query) },
  ]
  const groups = all.filter(({ commands }) => commands.length > 0)
  const commands = groups.flatMap((group) => group.commands)
  const { active, field, list, option, reset } = useCombobox({
    ids: commands.map(({ id }) => id),
    onPick: (id) => {
      const picked = commands.find((one) => one.id === id)
      if (picked?.fill !== undefined) {
        write(picked.fill)
        return
      }
      onClose()
      picked?.run?.()
    },
  })
  const write = (next: string) => {
    setQuery(next)
    reset()
  }
  const nothing = commands.length === 0 && state !== 'searching'
  return (
    <>
      <div className="flex h-12 flex-none items-center gap-3 border-b px-4 text-ink-3 max-sm:h-14">
        <Icon name="search" />
        <input
          {...field}
          type="text"
          value={query}
          maxLength={200}
          aria-label={text.field}
          placeholder={text.placeholder}
          enterKeyHint="go"
          onChange={(event) => write(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === '?' && query === '') {
              event.preventDefault()
              onHelp()
            } else field.onKeyDown(event)
          }}
          className="min-w-0 flex-1 text-base text-ink outline-none max-sm:text-[16px]"
        />
        <button type="button" onClick={onClose} aria-label={text.close} className="rounded-sm hover:text-ink">
          <span className="touch:hidden">
            <Kbd>{keyCaps('leave')}</Kbd>
          </span>
          <span className="hidden size-10 place-items-center touch:-mr-3 touch:grid">
            <Icon name="close" />
          </span>
        </button>
      </div>
      <p role="status" className="sr-only">
        {searches && state === 'ready' && commands.length > 0 ? text.count(commands.length) : ''}
      </p>
      <div {...list} aria-label={text.results} className="scroll-thin flex-1 px-2 pb-2">
        {groups.map(({ name, commands: some }) => (
          <div key={name} role="group" aria-label={name}>
            <p aria-hidden="true" className="px-2 pt-2.5 pb-1 text-2xs font-medium text-ink-3">
              {name}
            </p>
            {some.map((command) => (
              <PaletteLine
                key={command.id}
                command={command}
                query={query}
                selected={command.id === active}
                option={option(command.id)}
              />
            ))}
          </div>
        ))}
      </div>
      {state === 'failed' && <Note>{text.failed}</Note>}
      {state !== 'failed' && nothing && <Note>{text.none(query.trim())}</Note>}
      {state === 'searching' && commands.length === 0 && <Note>{text.searching}</Note>}
      <footer className="flex flex-none gap-4 border-t px-4 py-2 text-xs text-ink-3 touch:hidden">
        <Hint caps={['↑', '↓']} does={text.move} />
        <Hint caps={['↵']} does={text.choose} />
        {query === '' && (
          <button type="button" onClick={onHelp} className="rounded-sm hover:text-ink">
            <Hint caps={['?']} does={text.allKeys} />
          </button>
        )}
      </footer>
    </>
  )
}

function Note({ children }: { children: string }) {
  return (
    <p role="status" className="flex-none px-4 pt-1 pb-4 text-ink-2">
      {children}
    </p>
  )
}

function Hint({ caps, does }: { caps: string[]; does: string }) {
  return (
    <span className="flex items-center gap-1.5">
      {caps.map((cap) => (
        <Kbd key={cap}>{cap}</Kbd>
      ))}
      {does}
    </span>
  )
}

function lineOf(thread: ThreadSummary, now: Date, run: () => void): Command {
  const at = new Date(thread.updatedAt)
  const active = thread.activeRunId !== undefined
  return {
    id: `thread-${thread.id}`,
    label: thread.title || text.untitled,
    icon: active && thread.waiting ? 'pause' : 'message',
    hint: active ? (thread.waiting ? text.waiting : text.running) : formatWhen(at, now),
    title: formatMoment(at),
    run,
  }
}
