import { Slot } from 'radix-ui'
import {
  createContext,
  use,
  useCallback,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type ComponentProps,
  type ComponentType,
  type ReactNode,
  type Ref,
  type RefObject,
} from 'react'
import type { Part } from '@/lib/part'
import { useSoon } from './late'

/** Something that opens from a button: a menu, a popover, a window. */
export type Opening = {
  open: boolean
  setOpen: (open: boolean, byKey?: boolean) => void
  /** The button, where there is one. */
  trigger: RefObject<HTMLButtonElement | null>
  triggerId: string
  contentId: string
  /** Whether the keyboard opened it, which goes to its first item. */
  byKey: boolean
}

/** Whether it is open, where that is not its own business. */
export type OpeningProps = {
  open?: boolean
  onOpenChange?: (open: boolean) => void
  children: ReactNode
}

const Context = createContext<Opening | null>(null)

function useOpening(): Opening {
  const opening = use(Context)
  if (opening === null) throw new Error('this belongs into a menu, a popover or a window')
  return opening
}

/** OpeningRoot holds whether it is open. It draws nothing, so what opens can come after the page. */
export function OpeningRoot({ open: given, onOpenChange, children }: OpeningProps) {
  const [own, setOwn] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  const [byKey, setByKey] = useState(false)
  const triggerId = useId()
  const contentId = useId()
  const open = given ?? own
  const setOpen = useCallback(
    (next: boolean, key = false) => {
      setOwn(next)
      setByKey(key)
      onOpenChange?.(next)
    },
    [onOpenChange],
  )
  const opening = useMemo(
    () => ({ open, setOpen, trigger, triggerId, contentId, byKey }),
    [open, setOpen, triggerId, contentId, byKey],
  )
  return <Context value={opening}>{children}</Context>
}

/** What OpeningTrigger takes beside a button's own attributes. */
export type TriggerProps = ComponentProps<'button'> & {
  /** Makes the only child, a button, the trigger. */
  asChild?: boolean
}

/**
 * OpeningTrigger is the button, there from the first drawing on and never replaced. A menu opens when the
 * button goes down and by the arrow key, what else there is by a click. Pressed before what it opens is
 * here, it opens that when it comes.
 */
export function OpeningTrigger({
  popup,
  asChild = false,
  ...rest
}: TriggerProps & { popup: 'menu' | 'dialog' }) {
  const { open, setOpen, trigger, triggerId, contentId } = useOpening()
  const Root = asChild ? Slot.Root : 'button'
  const press: Partial<ComponentProps<'button'>> =
    popup === 'dialog'
      ? { onClick: () => setOpen(!open) }
      : {
          onPointerDown: (event) => {
            if (event.button !== 0 || event.ctrlKey) return
            setOpen(!open)
            // The focus goes to the menu, not to its button first.
            if (!open) event.preventDefault()
          },
          onKeyDown: (event) => {
            if (!['Enter', ' ', 'ArrowDown'].includes(event.key)) return
            event.preventDefault()
            setOpen(event.key === 'ArrowDown' || !open, true)
          },
        }
  // The outer slot joins what the button does by itself and what it does here.
  return (
    <Slot.Root
      ref={trigger}
      id={triggerId}
      aria-haspopup={popup}
      aria-expanded={open}
      aria-controls={open ? contentId : undefined}
      data-state={open ? 'open' : 'closed'}
      {...press}
    >
      <Root {...(asChild ? {} : { type: 'button' as const })} {...rest} />
    </Slot.Root>
  )
}

/**
 * Returns the content of an opening as a view. The part that draws it is fetched soon after the page;
 * it is mounted when it is first opened, and stays, so that it can give the focus back.
 */
export function openingContent<T, Props extends object>(
  part: Part<T>,
  pick: (here: T) => ComponentType<Props & { opening: Opening }>,
): (props: Props) => ReactNode {
  return function LateContent(props: Props) {
    const opening = useOpening()
    const [opened, setOpened] = useState(opening.open)
    if (opening.open && !opened) setOpened(true)
    const here = useSoon(part, opened)
    if (here === undefined || !opened) return null
    const View = pick(here)
    return <View {...props} opening={opening} />
  }
}

/**
 * Standing stands in a Radix Trigger for a button that is on the page already: it draws
 * nothing and hands that button to Radix, which places by it and gives it the focus back.
 */
export function Standing({
  button,
  ref,
}: {
  button: RefObject<HTMLButtonElement | null>
  ref?: Ref<HTMLButtonElement | null>
}) {
  useImperativeHandle<HTMLButtonElement | null, HTMLButtonElement | null>(ref, () => button.current, [button])
  return null
}
