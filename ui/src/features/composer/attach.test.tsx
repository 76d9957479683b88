import { QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { newQueryClient } from '@/lib/query'
import { TooltipProvider } from '@/ui/tooltip'
import type { Attachment } from '@/wire/wire.gen'
import { resources, readResource } from '../../../dev/resources'
import { Composer } from './composer'
import type { ComposerProps } from './composer-props'

afterEach(() => vi.unstubAllGlobals())

const log = 'a line of the log\n'.repeat(60)
const limits = { count: 3, each: 8_000, total: 12_000 }

function open(props: Partial<ComposerProps> = {}) {
  const sent: [string, Attachment[]][] = []
  const view = (more: Partial<ComposerProps> = {}) => (
    <QueryClientProvider client={newQueryClient()}>
      <TooltipProvider>
        <Composer
          draft="draft.u1/thr_1"
          placeholder="Ask"
          running={false}
          maxText={1_000}
          attach={limits}
          onSend={async (text, attachments) => void sent.push([text, attachments])}
          onStop={async () => undefined}
          {...props}
          {...more}
        />
      </TooltipProvider>
    </QueryClientProvider>
  )
  const { rerender, unmount } = render(view())
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
  return {
    sent,
    unmount,
    field,
    user: userEvent.setup(),
    change: (more: Partial<ComposerProps>) => rerender(view(more)),
    paste: (text: string, files: File[] = []) =>
      fireEvent.paste(field, { clipboardData: { getData: () => text, files } }),
  }
}

const chips = async () => within(await screen.findByRole('list', { name: 'Attached' }))

describe('a paste', () => {
  it('that is long becomes a chip, is announced, can be looked at and goes with the question', async () => {
    const { sent, field, user, paste } = open()
    paste(log)
    expect(field.value).toBe('')
    const chip = await (await chips()).findByRole('button', { name: 'Open Pasted text' })
    expect(chip).toHaveTextContent('2 KB · 60 lines')
    expect(screen.getByText('Pasted text is attached.')).toHaveAttribute('role', 'status')
    await user.click(chip)
    const dialog = within(await screen.findByRole('dialog', { name: 'Pasted text' }))
    expect(dialog.getByRole('region', { name: 'Pasted text' }).textContent).toBe(log)
    await user.keyboard('{Escape}')
    await user.type(field, 'What went wrong?{Enter}')
    expect(sent).toEqual([
      ['What went wrong?', [{ name: 'Pasted text', mediaType: 'text/plain', text: log }]],
    ])
    expect(screen.queryByRole('list', { name: 'Attached' })).toBeNull()
  })

  it('can be put into the text after all', async () => {
    const { field, user, paste } = open()
    await user.type(field, 'Look')
    paste(log)
    await user.click(await (await chips()).findByRole('button', { name: 'Open Pasted text' }))
    await user.click(await screen.findByRole('button', { name: 'Put into the text' }))
    expect([field.value, screen.queryByRole('list', { name: 'Attached' })]).toEqual([`Look\n\n${log}`, null])
  })

  it('stays with the draft over a reload, and comes back when it could not be sent', async () => {
    const { user, unmount, paste } = open()
    paste(log)
    unmount()
    const again = open({ onSend: () => Promise.reject(new Error('no')) })
    await (await chips()).findByRole('button', { name: 'Open Pasted text' })
    await user.type(again.field, 'Why?{Enter}')
    await screen.findByRole('alert')
    expect(await (await chips()).findByRole('button', { name: 'Open Pasted text' })).toBeVisible()
    again.unmount()
  })

  it('is not sent without a word, and what does not fit is refused in a sentence', async () => {
    const { sent, field, user, paste } = open()
    paste(log)
    await user.type(field, '{Enter}')
    expect(field).toHaveAccessibleDescription('Write what you want to know about what is attached.')
    paste('x'.repeat(8_001))
    expect(field).toHaveAccessibleDescription(/^“Pasted text 2” is 8 KB long, and 8 KB is the most/)
    paste('', [new File([new Uint8Array([0x89, 0x50, 0])], 'chart.png', { type: 'image/png' })])
    expect(
      await screen.findByText('“chart.png” is not a text file, and only text can be attached.'),
    ).toBeVisible()
    expect(sent).toEqual([])
  })

  it('that is short is left alone', () => {
    const { field } = open()
    expect(fireEvent.paste(field, { clipboardData: { getData: () => 'two words', files: [] } })).toBe(true)
  })
})

it('takes files that are dropped, and leaves the focus at a neighbour of the chip that goes', async () => {
  const { field, user } = open()
  const files = [
    new File(['n\n1'], 'a.csv', { type: 'text/csv' }),
    new File(['x'], 'b.txt', { type: 'text/plain' }),
  ]
  fireEvent.drop(field, { dataTransfer: { types: ['Files'], files } })
  const list = await chips()
  await list.findByRole('button', { name: 'Open b.txt' })
  await user.click(list.getByRole('button', { name: 'Remove a.csv' }))
  expect(document.activeElement).toBe(list.getByRole('button', { name: 'Open b.txt' }))
  await user.click(list.getByRole('button', { name: 'Remove b.txt' }))
  expect(document.activeElement).toBe(field)
})

it('attaches a resource of a server, and one of a family of them', async () => {
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (path === '/api/servers/nw/resources') return Response.json(resources)
    if (path === '/api/servers/away/resources')
      return Response.json(
        { title: 'No', status: 502, kind: 'server_down', detail: 'Away could not be asked.' },
        { status: 502, headers: { 'Content-Type': 'application/problem+json' } },
      )
    return readResource('northwind', JSON.parse(String(init.body)).uri)
  })
  const sources = [
    { id: 'nw', name: 'Northwind' },
    { id: 'away', name: 'Away' },
  ]
  const { sent, field, user } = open({ sources })
  await user.click(screen.getByRole('button', { name: 'Attach' }))
  expect(await screen.findByText('Away could not be asked.')).toBeVisible()
  await user.click(await screen.findByRole('button', { name: /^Database schema/ }))
  await user.click(screen.getByRole('button', { name: 'Attach' }))
  await user.click(await screen.findByRole('button', { name: /^Table or view/ }))
  await user.type(await screen.findByRole('textbox', { name: 'name' }), 'Orders{Enter}')
  const chip = await (await chips()).findByRole('button', { name: 'Open Northwind → Table or view: Orders' })
  await user.click(chip)
  expect(await screen.findByText(/OrderID INTEGER/)).toBeVisible()
  await user.keyboard('{Escape}')
  await user.type(field, 'Explain{Enter}')
  expect(sent).toEqual([
    [
      'Explain',
      [
        { name: 'Database schema', server: 'nw', uri: 'northwind://schema' },
        { name: 'Table or view: Orders', server: 'nw', uri: 'northwind://tables/Orders' },
      ],
    ],
  ])
})

describe('what is written while an answer is', () => {
  it('is queued with what is attached, can be edited, and is sent when the answer is done', async () => {
    const { sent, field, user, change, paste } = open({ running: true })
    paste(log)
    await user.type(field, 'And then?{Enter}')
    const queue = within(await screen.findByRole('list', { name: 'Waiting to be sent' }))
    expect(queue.getByRole('listitem')).toHaveTextContent(
      'And then?Sent when the answer is done · 1 attached',
    )
    expect([field.value, sent]).toEqual(['', []])
    await user.click(queue.getByRole('button', { name: 'Edit' }))
    expect(field.value).toBe('And then?')
    await user.type(field, ' Really?')
    await user.click(screen.getByRole('button', { name: 'Send when the answer is done' }))
    await screen.findByText('And then? Really?')
    change({ running: false, ended: { id: 'a1', status: 'finished', at: new Date().toISOString() } })
    await vi.waitFor(() =>
      expect(sent).toEqual([
        ['And then? Really?', [{ name: 'Pasted text', mediaType: 'text/plain', text: log }]],
      ]),
    )
    await vi.waitFor(() => expect(screen.queryByRole('list', { name: 'Waiting to be sent' })).toBeNull())
  })

  it('is held while the answer waits, and when it is stopped', async () => {
    const { sent, field, user, change } = open({ running: true, waiting: true })
    await user.type(field, 'And then?{Enter}')
    expect(await screen.findByText('Held while the answer waits for you')).toBeVisible()
    change({ running: false, ended: { id: 'a1', status: 'stopped', at: undefined } })
    expect(await screen.findByText('Held, since the answer was stopped')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Send now' }))
    await vi.waitFor(() => expect(sent).toEqual([['And then?', []]]))
  })
})

it('begins a new line with Enter where the only keyboard is on the screen', async () => {
  vi.stubGlobal('matchMedia', (query: string) =>
    Object.assign(new EventTarget(), { media: query, matches: query.startsWith('(pointer: coarse)') }),
  )
  const { sent, field, user } = open()
  await user.click(field)
  await user.keyboard('one{Enter}two')
  expect([sent, field.value, field.getAttribute('enterkeyhint')]).toEqual([[], 'one\ntwo', 'enter'])
  await user.click(screen.getByRole('button', { name: 'Send' }))
  expect(sent).toEqual([['one\ntwo', []]])
})
