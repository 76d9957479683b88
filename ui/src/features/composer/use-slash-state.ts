import { useEffect, useId, useMemo, useReducer, useRef, type FocusEvent, type KeyboardEvent } from 'react'
import { problemOf } from '@/lib/api'
import { text } from '@/strings/composer-slash'
import {
  activeOf,
  afterSlash,
  findPrompt,
  keyOf,
  matchesOf,
  queryOf,
  stepFrom,
  textOf,
  valuesOf,
  type Choice,
} from './slash'
import type { Begun, SlashProps } from './use-slash'

/**
 * useSlashState lists prompts while the text begins with a slash, asks for the arguments of
 * the one that is chosen, and puts its text into the field. Nothing is sent.
 */
export function useSlashState({ source, draft, field }: SlashProps) {
  const [slash, dispatch] = useReducer(afterSlash, draft.text, (written) =>
    afterSlash({ at: 'closed' }, { type: 'wrote', text: written }),
  )
  const listId = useId()
  const request = useRef<AbortController>(undefined)
  const { groups } = source
  const query = slash.at === 'menu' && queryOf(draft.text) === slash.query ? slash.query : undefined
  const choices = useMemo(() => (query === undefined ? [] : matchesOf(groups, query)), [groups, query])
  const active = query === undefined || slash.at !== 'menu' ? undefined : activeOf(choices, slash.active)
  const activeId = active && `${listId}-${choices.indexOf(active)}`
  useEffect(() => () => request.current?.abort(), [])

  const submit = async ({ group, prompt }: Choice, values: Record<string, string>) => {
    request.current?.abort()
    const mine = new AbortController()
    request.current = mine
    dispatch({ type: 'submitted' })
    try {
      const asked = { name: prompt.name, arguments: valuesOf(values) }
      const messages = await source.render(group.server, asked, mine.signal)
      if (mine.signal.aborted) return
      const before = field.current?.value ?? ''
      const written = queryOf(before) === null ? before.trimEnd() : ''
      draft.write([written, textOf(messages, text.roles)].filter((t) => t !== '').join('\n\n'))
      field.current?.focus()
      dispatch({ type: 'done' })
    } catch (error) {
      if (!mine.signal.aborted) dispatch({ type: 'failed', problem: problemOf(error).detail })
    }
  }
  const choose = (choice: Choice, asIs = choice.prompt.arguments.length === 0) => {
    dispatch({ type: 'chosen', choice, asIs })
    if (asIs) void submit(choice, {})
  }
  const leave = () => {
    request.current?.abort()
    field.current?.focus()
    dispatch({ type: 'left', text: field.current?.value ?? '' })
  }

  return {
    slash,
    query,
    choices,
    active,
    listId,
    activeId,
    activate: (choice: Choice) => dispatch({ type: 'moved', to: keyOf(choice) }),
    choose: (choice: Choice) => choose(choice),
    submit: (choice: Choice, values: Record<string, string>) => void submit(choice, values),
    leave,
    wrote: (written: string) => dispatch({ type: 'wrote', text: written }),
    keyDown: (event: KeyboardEvent): boolean => {
      if (query === undefined || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey)
        return false
      if (event.nativeEvent.isComposing || event.keyCode === 229) return false
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (by !== undefined && active) {
        dispatch({ type: 'moved', to: stepFrom(choices, keyOf(active), by) ?? '' })
      } else if ((event.key === 'Enter' || event.key === 'Tab') && active) {
        choose(active)
      } else if (event.key === 'Escape') {
        dispatch({ type: 'dismissed' })
      } else return false
      event.preventDefault()
      return true
    },
    begin: ({ server, name }: Begun) => {
      const choice = findPrompt(groups, server, name)
      if (!choice) return
      const required = choice.prompt.arguments.some((a) => a.required === true)
      choose(choice, !required)
    },
    /** The field was left; to leave the window is not to leave the field. */
    left: ({ relatedTarget }: FocusEvent) => {
      const inPanel = relatedTarget instanceof Element && relatedTarget.closest('[data-slash]') !== null
      if (!inPanel && document.activeElement !== field.current) dispatch({ type: 'dismissed' })
    },
  }
}
