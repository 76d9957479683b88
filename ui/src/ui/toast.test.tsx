import { act, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ToastProvider, toastTime, useToast } from './toast'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function open() {
  const said: string[] = []
  function Page() {
    const toast = useToast()
    const show = (name: string) =>
      toast({
        text: name,
        action: { label: 'Undo', run: () => said.push(`undo ${name}`) },
        onGone: () => said.push(`gone ${name}`),
      })
    return ['one', 'two', 'three', 'four'].map((name) => (
      <button key={name} type="button" onClick={() => show(name)}>
        show {name}
      </button>
    ))
  }
  render(
    <ToastProvider>
      <Page />
    </ToastProvider>,
  )
  const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
  const wait = (ms: number) => act(() => vi.advanceTimersByTime(ms))
  return { said, press, wait }
}

describe('a toast', () => {
  it('goes by itself and says so', () => {
    const { said, press, wait } = open()
    press('show one')
    expect(screen.getByRole('status')).toHaveTextContent('one')
    wait(toastTime)
    expect([said, screen.getByRole('status').textContent]).toEqual([['gone one'], ''])
  })

  it('goes for its action, without being gone as well', () => {
    const { said, press, wait } = open()
    press('show one')
    press('Undo')
    wait(toastTime)
    expect(said).toEqual(['undo one'])
  })

  it('gives the focus back to where it was, as it goes for its action', () => {
    const { press } = open()
    const button = screen.getByRole('button', { name: 'show one' })
    act(() => button.focus())
    press('show one')
    act(() => screen.getByRole('button', { name: 'Undo' }).focus())
    press('Undo')
    expect(document.activeElement).toBe(button)
  })

  it('stays beside the next one, each for its own time', () => {
    const { said, press, wait } = open()
    press('show one')
    wait(toastTime / 2)
    press('show two')
    expect(said).toEqual([])
    wait(toastTime / 2)
    expect([said, screen.getByText('two').textContent]).toEqual([['gone one'], 'two'])
    wait(toastTime / 2)
    expect(said).toEqual(['gone one', 'gone two'])
  })

  it('can be undone while there are others, in any order', () => {
    const { said, press, wait } = open()
    press('show one')
    press('show two')
    for (const name of ['one', 'two']) {
      fireEvent.click(
        within(screen.getByText(name).parentElement ?? document.body).getByRole('button', { name: 'Undo' }),
      )
    }
    wait(toastTime)
    expect(said).toEqual(['undo one', 'undo two'])
  })

  it('makes room where there are three already', () => {
    const { said, press } = open()
    for (const name of ['one', 'two', 'three', 'four']) press(`show ${name}`)
    expect([said, screen.getAllByRole('button', { name: 'Undo' }).length]).toEqual([['gone one'], 3])
  })

  it('stays while the pointer rests on it', () => {
    const { said, press, wait } = open()
    press('show one')
    fireEvent.pointerEnter(screen.getByText('one'))
    fireEvent.mouseEnter(screen.getByText('one'))
    fireEvent.focus(screen.getByRole('button', { name: 'Undo' }))
    wait(toastTime * 3)
    expect(said).toEqual([])
    fireEvent.blur(screen.getByRole('button', { name: 'Undo' }))
    wait(toastTime)
    expect(said).toEqual(['gone one'])
  })
})
