import { spansOf, wordsIn } from '@/lib/search-words'

/** The most places that are marked in a turn. */
const most = 500

/**
 * Marks the words of a search in what an element shows, until the returned function is called. The
 * browser draws the marks beside the text (CSS Custom Highlight API), so that nothing in it changes:
 * not what is copied, nor what screen readers read. One that cannot marks nothing.
 */
export function markWords(within: Element, search: string): () => void {
  const words = wordsIn(search)
  if (words.length === 0 || typeof Highlight === 'undefined') return () => undefined
  const mark = () => CSS.highlights.set('found', new Highlight(...rangesOf(within, words)))
  mark()
  // A table or a block of code may come a moment later.
  const observer = new MutationObserver(mark)
  observer.observe(within, { childList: true, subtree: true, characterData: true })
  return () => {
    observer.disconnect()
    CSS.highlights.delete('found')
  }
}

function rangesOf(within: Element, words: readonly string[]): Range[] {
  const ranges: Range[] = []
  const texts = document.createTreeWalker(within, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node !== null && ranges.length < most; node = texts.nextNode()) {
    for (const { start, end } of spansOf(node.nodeValue ?? '', words)) {
      const range = document.createRange()
      range.setStart(node, start)
      range.setEnd(node, end)
      ranges.push(range)
    }
  }
  return ranges.slice(0, most)
}
