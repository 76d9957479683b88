/**
 * passFocus is the ref of a line of the thread list. When the line goes, deleted or archived, with the focus on it or
 * in its menu, the focus passes to the thread after it, or before, or to the page.
 */
export function passFocus(line: HTMLLIElement): () => void {
  return () => {
    const had = line.contains(document.activeElement) || line.querySelector('[data-state=open]') !== null
    if (!had) return
    const links = [...(line.closest('nav')?.querySelectorAll<HTMLElement>('li > a') ?? [])]
    const own = links.findIndex((link) => line.contains(link))
    const next = links[own + 1] ?? links[own - 1] ?? document.getElementById('main')
    next?.focus()
  }
}
