import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { Button } from './button'

/** A Toast says what has just happened and offers at most one way back. */
export type Toast = {
  text: string
  action?: { label: string; run: () => void }
  /** Called when the toast has gone, by time or for another one, without its action. */
  onGone?: () => void
}

/** How long a toast stays, in milliseconds, unless the pointer or the focus rests on it. */
export const toastTime = 6_000

const Context = createContext<(toast: Toast) => void>(() => undefined)

/** useToast returns the function that shows a toast in place of the one before. */
export function useToast(): (toast: Toast) => void {
  return use(Context)
}

/** ToastProvider shows toasts at the lower edge, above the composer. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<{ toast: Toast; key: number } | null>(null)
  const [held, setHeld] = useState(false)
  const current = useRef<Toast | null>(null)
  const replace = useCallback((next: Toast | null) => {
    const before = current.current
    current.current = next
    setHeld(false)
    setShown((last) => (next === null ? null : { toast: next, key: (last?.key ?? 0) + 1 }))
    return before
  }, [])
  const show = useCallback((toast: Toast) => replace(toast)?.onGone?.(), [replace])
  useEffect(() => {
    if (shown === null || held) return
    const timer = setTimeout(() => replace(null)?.onGone?.(), toastTime)
    return () => clearTimeout(timer)
  }, [shown, held, replace])
  const hold = useMemo(
    () => ({
      onPointerEnter: () => setHeld(true),
      onPointerLeave: () => setHeld(false),
      onFocus: () => setHeld(true),
      onBlur: () => setHeld(false),
    }),
    [],
  )
  const action = shown?.toast.action
  return (
    <Context value={show}>
      {children}
      <div
        role="status"
        className="pointer-events-none fixed right-6 bottom-28 z-50 max-sm:inset-x-2 max-sm:flex max-sm:justify-center"
      >
        {shown && (
          <div
            key={shown.key}
            className="pointer-events-auto flex min-h-10 animate-rise items-center gap-4 rounded-lg bg-raised py-1 pr-1.5 pl-3.5 shadow-2"
            {...hold}
          >
            <span>{shown.toast.text}</span>
            {action && (
              <Button
                variant="accent"
                size="sm"
                onClick={() => {
                  replace(null)
                  action.run()
                }}
              >
                {action.label}
              </Button>
            )}
          </div>
        )}
      </div>
    </Context>
  )
}
