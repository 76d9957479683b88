import { render, screen } from '@testing-library/react'
import { useRef } from 'react'
import { describe, expect, it, vi } from 'vitest'
import type { Spot } from './reading-place'
import { answer, question, text } from './sample'
import { turnsOf } from './state/turns'
import { turnOf, useTarget, type Target } from './use-target'

const turns = turnsOf([
  question('q1', '', 'One?'),
  answer('a1', 'q1', [text('t1', 'One.')]),
  question('q2', 'a1', 'Two?'),
  answer('a2', 'q2', [text('t2', 'Two')]),
  answer('a3', 'a2', [text('t3', 'and a half.')]),
])

describe('turnOf', () => {
  it.each([
    ['a question', 'q2', 1],
    ['an answer', 'a1', 0],
    ['what went on from an answer', 'a3', 1],
    ['what is elsewhere', 'x', -1],
  ])('%s', (_name, message, want) => {
    expect(turnOf(turns, message)).toBe(want)
  })
})

describe('useTarget', () => {
  const goTo = vi.fn<(spot: Spot) => void>()
  const showFrom = vi.fn<(turn: number) => void>()
  type Shown = { target?: Target | undefined; hidden?: number; shown?: typeof turns }
  function Page({ target, hidden = 0, shown = turns }: Shown) {
    const content = useRef<HTMLDivElement>(null)
    const found = useTarget(target, shown, hidden, showFrom, { content, goTo })
    return (
      <div ref={content}>
        {shown.slice(hidden).map(({ key }) => (
          <article key={key} data-turn={key} aria-current={key === found}>
            <h2 tabIndex={-1}>{key}</h2>
          </article>
        ))}
      </div>
    )
  }
  const led = () => goTo.mock.calls.map(([spot]) => spot.turn)

  it('leads there once a visit, has it drawn first where it is not, and lets the reader be in between', () => {
    const { rerender } = render(<Page hidden={1} />)
    expect(led()).toEqual([])
    rerender(<Page hidden={1} target={{ message: 'a1', visit: '1' }} />)
    expect(showFrom.mock.calls).toEqual([[0]])
    expect(led()).toEqual([])
    rerender(<Page target={{ message: 'a1', visit: '1' }} />)
    expect(led()).toEqual(['q1'])
    expect(screen.getByRole('heading', { name: 'q1' })).toHaveFocus()
    expect(screen.getAllByRole('article').map((one) => one.ariaCurrent)).toEqual(['true', 'false'])
    rerender(<Page target={{ message: 'a1', visit: '1' }} />)
    expect(led()).toEqual(['q1'])
    rerender(<Page target={{ message: 'a3', visit: '2' }} />)
    rerender(<Page target={{ message: 'a3', visit: '3' }} />)
    expect(led()).toEqual(['q1', 'q2', 'q2'])
  })

  it('marks the words by which a turn was found until something is asked', async () => {
    const marked = new Map<string, string[]>()
    vi.stubGlobal(
      'Highlight',
      class extends Set<Range> {
        constructor(...ranges: Range[]) {
          super(ranges)
        }
      },
    )
    vi.stubGlobal('CSS', {
      highlights: {
        set: (name: string, ranges: Set<Range>) => marked.set(name, [...ranges].map(String)),
        delete: (name: string) => marked.delete(name),
      },
    })
    const { rerender } = render(<Page target={{ message: 'a1', visit: '1', words: 'q x' }} />)
    await vi.waitFor(() => expect(marked).toEqual(new Map([['found', ['q']]])))
    rerender(<Page target={{ message: 'a1', visit: '1', words: 'q x' }} shown={turns.slice(0, 1)} />)
    expect(marked).toEqual(new Map())
    rerender(<Page target={{ message: 'a1', visit: '2', words: 'q1' }} shown={turns.slice(0, 1)} />)
    await vi.waitFor(() => expect(marked).toEqual(new Map([['found', ['q1']]])))
    rerender(<Page target={{ message: 'a1', visit: '3' }} shown={turns.slice(0, 1)} />)
    expect(marked).toEqual(new Map())
    vi.unstubAllGlobals()
  })

  it('goes nowhere for a message that is not on view', () => {
    goTo.mockClear()
    render(<Page target={{ message: 'x', visit: '1' }} />)
    expect(led()).toEqual([])
    expect(document.body).toHaveFocus()
  })
})
