import {
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type ReactNode,
} from 'react'
import { titleOf } from '@/lib/prompts'
import { text } from '@/strings/composer-slash'
import { cn } from '@/ui/cn'
import { VisuallyHidden } from '@/ui/visually-hidden'
import { PromptForm } from './prompt-form'
import { keyOf } from './slash'
import { SlashMenu } from './slash-menu'
import type { SlashProps } from './use-slash'
import { useSlashState } from './use-slash-state'

/** SlashPanel is the list of prompts, or the form of the one that was chosen. */
export function SlashPanel(props: SlashProps) {
  const { source, field, begun, ref } = props
  const state = useSlashState(props)
  const { slash, query, activeId, submit, leave, wrote, keyDown, left } = state
  useImperativeHandle(ref, () => ({ wrote, keyDown, left }))
  const begin = useEffectEvent(state.begin)
  useEffect(() => {
    if (begun) begin(begun)
  }, [begun])
  const controls = state.choices.length > 0 ? state.listId : undefined
  useLayoutEffect(() => {
    setAttribute(field.current, 'aria-controls', controls)
    setAttribute(field.current, 'aria-activedescendant', activeId)
  }, [activeId, controls, field])
  return (
    <>
      {query !== undefined && (
        <Raised key="menu">
          <SlashMenu {...state} source={source} />
        </Raised>
      )}
      {slash.at === 'form' && (
        <Raised key={keyOf(slash.choice)}>
          <PromptForm
            choice={slash.choice}
            busy={slash.busy}
            problem={slash.problem}
            complete={source.complete}
            onSubmit={(values) => submit(slash.choice, values)}
            onLeave={leave}
          />
        </Raised>
      )}
      <VisuallyHidden role="status">{saidOf(state)}</VisuallyHidden>
    </>
  )
}

/** The field is another's: it says only here which option its keys have come to. */
function setAttribute(field: HTMLElement | null, name: string, value: string | undefined) {
  if (value === undefined) field?.removeAttribute(name)
  else field?.setAttribute(name, value)
}

/** What is read aloud of it. */
function saidOf({ slash, query, choices }: ReturnType<typeof useSlashState>): string {
  if (slash.at === 'closed' && slash.used) return text.used
  if (slash.at === 'form' && slash.busy) return text.busy(titleOf(slash.choice.prompt))
  if (query !== undefined && choices.length > 0) return text.found(choices.length)
  return ''
}

/** Raised stands above or below the composer, where there is more room. */
function Raised({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState({ above: true, room: 360 })
  useLayoutEffect(() => {
    const field = box.current?.parentElement?.getBoundingClientRect()
    if (!field) return
    const top = document.getElementById('main')?.getBoundingClientRect().top ?? 0
    const above = field.top - top
    const below = (window.visualViewport?.height ?? innerHeight) - field.bottom
    setPlace({ above: above >= below, room: Math.max(above, below) - 16 })
  }, [])
  return (
    <div
      ref={box}
      data-slash=""
      style={{ maxHeight: `${Math.min(Math.max(place.room, 120), 420)}px` }}
      className={cn(
        'absolute inset-x-0 z-20 flex animate-fade-in flex-col overflow-hidden rounded-lg bg-raised shadow-2',
        place.above ? 'bottom-full mb-2' : 'top-full mt-2',
      )}
    >
      {children}
    </div>
  )
}
