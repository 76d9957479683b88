import { fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createRef } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/lib/api'
import { TooltipProvider } from '@/ui/tooltip'
import { Composer } from './composer'
import type { ComposerHandle, ComposerProps } from './composer-props'

type Given = Partial<ComposerProps>

function view(props: Given) {
  const given: ComposerProps = {
    draft: 'draft.u1.thr_1',
    placeholder: 'Ask a follow-up',
    running: false,
    maxText: 1000,
    onSend: async () => undefined,
    onStop: async () => undefined,
    ...props,
  }
  return (
    <TooltipProvider>
      <Composer {...given} />
    </TooltipProvider>
  )
}

function open(props: Given = {}) {
  const sent: string[] = []
  const onSend = async (text: string) => {
    sent.push(text)
  }
  const { rerender, unmount } = render(view({ onSend, ...props }))
  return {
    sent,
    unmount,
    change: (next: Given) => rerender(view({ onSend, ...props, ...next })),
    field: screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' }),
    user: userEvent.setup(),
  }
}

const unreachable = new ApiError({
  title: 'No answer',
  status: 0,
  kind: 'unreachable',
  detail: 'The server did not answer.',
})

/** A send whose fate the test decides. */
function pending() {
  const sends: { text: string; arrive: () => void; fail: (error: unknown) => void }[] = []
  const onSend = (text: string) =>
    new Promise<void>((arrive, fail) => sends.push({ text, arrive: () => arrive(), fail }))
  return { sends, onSend }
}

describe('the composer', () => {
  it('sends with Enter, empties itself and keeps the focus', async () => {
    const { sent, field, user } = open()
    await user.type(field, 'Revenue by category{Enter}')
    expect([sent, field.value, document.activeElement]).toEqual([['Revenue by category'], '', field])
  })

  it('starts a new line with Shift and Enter', async () => {
    const { sent, field, user } = open()
    await user.type(field, 'one{Shift>}{Enter}{/Shift}two')
    expect([sent, field.value]).toEqual([[], 'one\ntwo'])
  })

  it.each([
    ['while an input method composes', { isComposing: true }],
    ['when the key ends a composition', { keyCode: 229 }],
  ])('leaves Enter alone %s', (_name, how) => {
    const { sent, field } = open()
    fireEvent.change(field, { target: { value: '注文' } })
    fireEvent.keyDown(field, { key: 'Enter', ...how })
    expect([sent, field.value]).toEqual([[], '注文'])
  })

  it('does not send what is empty', async () => {
    const { sent, field, user } = open()
    await user.type(field, ' {Shift>}{Enter}{/Shift} {Enter}')
    await user.click(screen.getByRole('button', { name: 'Send' }))
    expect(sent).toEqual([])
  })

  it('sends once, however often Enter is pressed', async () => {
    const { sends, onSend } = pending()
    const { field, user } = open({ onSend })
    await user.type(field, 'once{Enter}{Enter}more{Enter}')
    expect([sends.map((s) => s.text), field.value]).toEqual([['once'], 'more'])
  })

  it('puts back what could not be sent, before what was written since', async () => {
    const { sends, onSend } = pending()
    const { field, user } = open({ onSend })
    await user.type(field, 'first{Enter}second')
    sends[0]?.fail(unreachable)
    expect((await screen.findByRole('alert')).textContent).toContain(
      'The server did not answer. Your text is still here.',
    )
    expect(field.value).toBe('first\n\nsecond')
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(sends.map((s) => s.text)).toEqual(['first', 'first\n\nsecond'])
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('keeps the draft of each thread over a reload, also while it is on its way', async () => {
    const { onSend } = pending()
    const first = open({ onSend })
    await first.user.type(first.field, 'half a thought{Enter}and more')
    first.unmount()
    const other = open({ draft: 'draft.u1.thr_2' })
    expect(other.field.value).toBe('')
    other.unmount()
    expect(open().field.value).toBe('half a thought\n\nand more')
  })

  it('shows and stores nothing until it is known whose it is, and then goes on from what was kept', async () => {
    localStorage.setItem('pomchat.draft.u1.thr_1', 'kept')
    const { field, user, change } = open({ draft: null })
    await user.type(field, 'new')
    expect(field.value).toBe('new')
    change({ draft: 'draft.u1.thr_1' })
    expect(field.value).toBe('kept\n\nnew')
    change({})
  })

  it('forgets the draft that has arrived', async () => {
    const { field, user, unmount } = open()
    await user.type(field, 'asked{Enter}')
    unmount()
    expect([open().field.value, localStorage.getItem('pomchat.draft.thr_1')]).toEqual(['', null])
  })

  it('says with both numbers that a text is too long, keeps it and does not send it', () => {
    const { sent, field } = open({ maxText: 256 * 1024 })
    const megabyte = 'x'.repeat(1024 * 1024)
    fireEvent.change(field, { target: { value: megabyte } })
    fireEvent.keyDown(field, { key: 'Enter' })
    expect(field).toHaveAccessibleDescription(
      'This text is 1 MB long, and 256 KB is the most that can be sent. Shorten it; nothing of it is lost.',
    )
    expect([sent, field.value === megabyte, field.getAttribute('aria-invalid')]).toEqual([[], true, 'true'])
    expect(screen.getByRole('button', { name: 'Send' })).toHaveAttribute('aria-disabled', 'true')
  })

  it('says why nothing can be sent', async () => {
    const { sent, field, user } = open({ blocked: 'No model can be reached.' })
    await user.type(field, 'hello{Enter}')
    expect(field).toHaveAccessibleDescription('No model can be reached.')
    expect([sent, field.value]).toEqual([[], 'hello'])
  })

  it('stops a running answer, and lets one write ahead', async () => {
    const onStop = vi.fn<() => Promise<void>>(async () => undefined)
    const { sent, field, user, change } = open({ running: true, onStop })
    await user.type(field, 'next')
    await user.click(screen.getByRole('button', { name: 'Stop the answer' }))
    expect([onStop.mock.calls.length, sent, field.value]).toEqual([1, [], 'next'])
    change({ running: false })
    await user.type(field, '{Enter}')
    expect(sent).toEqual(['next'])
  })

  it('says when an answer could not be stopped', async () => {
    const { user } = open({ running: true, onStop: () => Promise.reject(unreachable) })
    await user.click(screen.getByRole('button', { name: 'Stop the answer' }))
    expect((await screen.findByRole('alert')).textContent).toContain(
      'The answer could not be stopped, because the server did not answer.',
    )
  })

  it('sends a suggested question beside the draft, and shows it if that fails', async () => {
    const { sends, onSend } = pending()
    const ref = createRef<ComposerHandle>()
    const { field, user } = open({ onSend, ref })
    await user.type(field, 'my draft')
    ref.current?.send('Revenue by category')
    expect([sends.map((s) => s.text), field.value]).toEqual([['Revenue by category'], 'my draft'])
    sends[0]?.fail(unreachable)
    await screen.findByRole('alert')
    expect(field.value).toBe('Revenue by category\n\nmy draft')
  })
})
