// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { scrollToSpot, spotIn } from './reading-place'

/** A scroller of 400 px in which turns lie one below the other, each made of pieces of these heights. */
function scroller(turns: Record<string, number[]>, scrolled: number): HTMLElement {
  const box = document.createElement('div')
  box.scrollTop = scrolled
  const place = (element: Element, top: number, height: number) => {
    element.getBoundingClientRect = () => new DOMRect(0, 100 + top - box.scrollTop, 600, height)
  }
  box.getBoundingClientRect = () => new DOMRect(0, 100, 600, 400)
  let top = 0
  for (const [key, heights] of Object.entries(turns)) {
    const article = document.createElement('article')
    article.dataset['turn'] = key
    article.innerHTML = '<header class="ask"></header><div class="answer"></div>'
    const from = top
    for (const [i, height] of heights.entries()) {
      const piece = i === 0 ? article.children[0] : document.createElement('p')
      if (!piece) continue
      if (i > 0) article.children[1]?.append(piece)
      place(piece, top, height)
      top += height
    }
    place(article, from, top - from)
    box.append(article)
  }
  return box
}

describe('the place of a reader', () => {
  it.each([
    ['at the top', 0, { turn: 'a', piece: 0, offset: 0 }],
    ['within a piece', 330, { turn: 'a', piece: 1, offset: -280 }],
    ['in the next turn', 700, { turn: 'b', piece: 0, offset: -30 }],
  ])('is the first piece that is seen: %s', (_, scrolled, want) => {
    expect(spotIn(scroller({ a: [50, 300, 320], b: [60, 900] }, scrolled))).toEqual(want)
  })

  it('is found again, whatever has come above it', () => {
    const spot = { turn: 'b', piece: 1, offset: -200 }
    const box = scroller({ new: [50, 300], a: [50, 700], b: [60, 900] }, 0)
    expect([scrollToSpot(box, spot), box.scrollTop, spotIn(box)]).toEqual([true, 1360, spot])
  })

  it('lies within a piece that has become shorter', () => {
    const box = scroller({ a: [50, 80, 900] }, 0)
    scrollToSpot(box, { turn: 'a', piece: 1, offset: -300 })
    expect(spotIn(box)).toEqual({ turn: 'a', piece: 1, offset: -56 })
  })

  it('is given up where its turn is gone', () => {
    const box = scroller({ a: [50, 80] }, 7)
    expect([scrollToSpot(box, { turn: 'b', piece: 0, offset: 0 }), box.scrollTop]).toEqual([false, 7])
    expect(spotIn(document.createElement('div'))).toBeUndefined()
  })
})
