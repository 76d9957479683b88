import { useEffect } from 'react'
import { titleOf, type PromptSource } from '@/lib/prompts'
import { text } from '@/strings/composer-slash'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { Ring } from '@/ui/ring'
import type { ServerPrompt } from '@/wire/wire.gen'
import type { Choice } from './slash'

/**
 * SlashMenu lists the prompts that fit, server by server. The focus stays in the field, whose
 * keys move in the list.
 */
export function SlashMenu({
  choices,
  active,
  source,
  listId,
  activate,
  choose,
}: {
  choices: readonly Choice[]
  active: Choice | undefined
  source: PromptSource
  /** The id of the list; its options are numbered. */
  listId: string
  activate: (choice: Choice) => void
  choose: (choice: Choice) => void
}) {
  const id = (choice: Choice) => `${listId}-${choices.indexOf(choice)}`
  const activeId = active && id(active)
  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView?.({ block: 'nearest' })
  }, [activeId])
  const servers = source.groups.filter((group) => choices.some((c) => c.group === group))
  const apart = source.groups.filter(({ state }) => state !== 'ready')
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- a press leaves the focus where it is
    <div className="contents" onMouseDown={(event) => event.preventDefault()}>
      {choices.length > 0 && (
        <div id={listId} role="listbox" aria-label={text.list} className="scroll-thin p-1">
          {servers.map((group) => (
            <div key={group.server} role="group" aria-labelledby={`${listId}-${group.server}`}>
              <div
                id={`${listId}-${group.server}`}
                role="presentation"
                className="px-2.5 pt-2 pb-1 text-2xs font-medium text-ink-3"
              >
                {group.name}
              </div>
              {choices
                .filter((c) => c.group === group)
                .map((choice) => (
                  <Option
                    key={choice.prompt.name}
                    id={id(choice)}
                    prompt={choice.prompt}
                    active={choice === active}
                    onActivate={() => activate(choice)}
                    onChoose={() => choose(choice)}
                  />
                ))}
            </div>
          ))}
        </div>
      )}
      {choices.length === 0 && apart.length === 0 && (
        <p className="px-3.5 py-3 text-pretty text-ink-2">
          {source.groups.length === 0 ? text.none : text.noneFits}
        </p>
      )}
      {apart.map(({ server, name, state, problem }) =>
        state === 'loading' ? (
          <p key={server} className="flex items-center gap-2 px-3.5 py-2.5 text-ink-2">
            <Ring /> {text.loading(name)}
          </p>
        ) : (
          <p key={server} className="flex items-center gap-3 py-2 pr-2 pl-3.5 text-ink-2">
            <span className="min-w-0 flex-1 text-pretty">{text.failed(name, problem ?? '')}</span>
            <Button size="sm" onClick={source.want}>
              {text.again}
            </Button>
          </p>
        ),
      )}
      {choices.length > 0 && source.note !== undefined && (
        <p className="border-t px-3.5 py-2 text-xs text-pretty text-ink-3">{source.note}</p>
      )}
    </div>
  )
}

function Option({
  id,
  prompt,
  active,
  onActivate,
  onChoose,
}: {
  id: string
  prompt: ServerPrompt
  active: boolean
  onActivate: () => void
  onChoose: () => void
}) {
  const quiet = active ? 'text-ink-2' : 'text-ink-3'
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field has the focus and the keys
    <div
      id={id}
      role="option"
      aria-selected={active}
      onMouseMove={active ? undefined : onActivate}
      onClick={onChoose}
      className={cn(
        'grid min-h-9 cursor-pointer grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 rounded-md px-2.5 py-1.5 max-sm:min-h-11',
        active && 'bg-pressed',
      )}
    >
      <span className="trunc font-medium">{titleOf(prompt)}</span>
      <code className={cn('max-w-[45vw] trunc font-mono text-2xs', quiet)}>
        /{prompt.name}
        {prompt.arguments.map((a) => ` ${a.required === true ? a.name : `[${a.name}]`}`)}
      </code>
      {prompt.description !== undefined && (
        <span className={cn('col-span-2 trunc text-xs', quiet)}>{prompt.description}</span>
      )}
    </div>
  )
}
