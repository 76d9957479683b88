import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type FocusEvent,
  type ReactNode,
} from 'react'
import { Button } from './button'

/** A Toast says what has just happened and offers at most one way back. */
export type Toast = {
  text: string
  action?: { label: string; run: () => void }
  /** Called when the toast has gone, by time or for newer ones, without its action. */
  onGone?: () => void
}

/** How long a toast stays, in milliseconds, unless the pointer or the focus rests on one. */
export const toastTime = 6_000

/** How many toasts are shown at once. One more makes the oldest go. */
export const mostToasts = 3

type Shown = { toast: Toast; key: number }

const Context = createContext<(toast: Toast) => void>(() => undefined)

/** useToast returns the function that shows a toast below those before. */
export function useToast(): (toast: Toast) => void {
  return use(Context)
}

/** ToastProvider shows toasts at the lower edge, above the composer, the newest below. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([])
  const [held, setHeld] = useState(false)
  const current = useRef<readonly Shown[]>([])
  const count = useRef(0)
  const put = useCallback((next: readonly Shown[]) => {
    current.current = next
    setShown(next)
  }, [])
  /** Takes a toast away, and tells whether it was there: it goes once. */
  const take = useCallback(
    (key: number): boolean => {
      const rest = current.current.filter((one) => one.key !== key)
      if (rest.length === current.current.length) return false
      // Whatever rested on it rests on it no more, and a browser may not say so.
      setHeld(false)
      put(rest)
      return true
    },
    [put],
  )
  const show = useCallback(
    (toast: Toast) => {
      put([...current.current, { toast, key: ++count.current }])
      for (const { toast: old, key } of current.current.slice(0, -mostToasts)) {
        if (take(key)) old.onGone?.()
      }
    },
    [put, take],
  )
  const from = useRef<Element>(null)
  const hold = useMemo(
    () => ({
      onPointerEnter: () => setHeld(true),
      onPointerLeave: () => setHeld(false),
      onFocus: ({ relatedTarget }: FocusEvent) => {
        from.current = relatedTarget
        setHeld(true)
      },
      onBlur: () => setHeld(false),
    }),
    [],
  )
  return (
    <Context value={show}>
      {children}
      <div
        role="status"
        aria-atomic="false"
        className="pointer-events-none fixed right-6 bottom-28 z-50 flex flex-col items-end gap-2 max-sm:inset-x-2 max-sm:items-center"
      >
        {shown.map(({ toast, key }) => (
          <div
            key={key}
            className="pointer-events-auto flex min-h-10 max-w-full animate-rise items-center gap-4 rounded-lg bg-raised py-1 pr-1.5 pl-3.5 shadow-2"
            {...hold}
          >
            <Timer
              held={held}
              onEnd={() => {
                if (take(key)) toast.onGone?.()
              }}
            />
            <span>{toast.text}</span>
            {toast.action && (
              <Button
                variant="accent"
                size="sm"
                onClick={() => {
                  giveBack(from.current)
                  if (take(key)) toast.action?.run()
                }}
              >
                {toast.action.label}
              </Button>
            )}
          </div>
        ))}
      </div>
    </Context>
  )
}

/** Brings the focus from a toast that goes to where it was before, or to the page. */
function giveBack(from: Element | null) {
  const there = from instanceof HTMLElement && from.isConnected ? from : document.getElementById('main')
  there?.focus({ preventScroll: true })
}

/** Timer is nothing to see. It ends a toast once its time is over, which begins anew when it was held. */
function Timer({ held, onEnd }: { held: boolean; onEnd: () => void }) {
  const end = useRef(onEnd)
  useEffect(() => {
    end.current = onEnd
  })
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => end.current(), toastTime)
    return () => clearTimeout(timer)
  }, [held])
  return null
}
