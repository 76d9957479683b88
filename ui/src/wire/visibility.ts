/** Whether somebody can see the page now; where there is no page, somebody can. */
function isShown(): boolean {
  return globalThis.document?.visibilityState !== 'hidden'
}

function onChange(listener: () => void): () => void {
  globalThis.document?.addEventListener('visibilitychange', listener)
  return () => globalThis.document?.removeEventListener('visibilitychange', listener)
}

/** Calls back when the page has been out of sight for so many milliseconds, until the returned function is called. */
export function onceHidden(ms: number, act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    clearTimeout(timer)
    if (!isShown()) timer = setTimeout(act, ms)
  }
  look()
  const forget = onChange(look)
  return () => {
    clearTimeout(timer)
    forget()
  }
}

/** Waits until the page is shown, or the signal aborts. */
export function untilShown(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isShown() && !signal.aborted) return
      forget()
      signal.removeEventListener('abort', look)
      resolve()
    }
    const forget = onChange(look)
    signal.addEventListener('abort', look)
    look()
  })
}
