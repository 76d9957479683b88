import { fireEvent, screen, within } from '@testing-library/react'
import { beforeAll, describe, expect, it } from 'vitest'
import type { FilePart, Part } from '@/wire/wire.gen'
import { answer, question, text } from '../sample'
import { show } from '../sample-view'

beforeAll(async () => {
  await import('../prose/markdown')
})

const q = question('q', '', 'What is new?')
const source = (id: string, url: string, end: number, title = ''): Part => ({
  type: 'source-url',
  id,
  step: 1,
  url,
  textId: 't',
  start: 0,
  end,
  ...(title === '' ? {} : { title }),
})

describe('sources', () => {
  it('stand at the foot, under the numbers that mark the text', async () => {
    const words = 'Prices **fell** in May. See [the list](https://a.example/list).'
    show([
      q,
      answer('a', 'q', [
        text('t', words),
        source('1', 'https://a.example/prices', 15, 'Prices'),
        source('2', 'https://b.example/', words.indexOf(' list') + 2),
      ]),
    ])
    const first = await screen.findByRole('link', { name: 'Source 1: Prices' })
    expect(first).toHaveAttribute('href', 'https://a.example/prices')
    expect(first).toHaveAttribute('rel', 'noreferrer noopener')
    expect(first.closest('p')).toHaveTextContent('Prices fell1 in May. See the list2.')
    const second = screen.getByRole('link', { name: 'Source 2: b.example' })
    expect(second.parentElement?.closest('a')).toBeNull()
    expect(screen.getByRole('link', { name: 'the list' })).toHaveAttribute('href', 'https://a.example/list')
    const list = screen.getByRole('group', { name: 'Sources' })
    expect(
      within(list)
        .getAllByRole('link')
        .map((l) => l.textContent),
    ).toEqual(['1. Prices', '2. b.example'])
  })

  it.each([
    ['in code', '`a b`', 3],
    ['in a block of code', '```\na b\n```', 6],
    ['in an address', 'https://c.example/x', 12],
    ['in a table', '| a | b |\n|---|---|\n| c | d |', 24],
  ])('leave nothing behind %s', async (_name, words, end) => {
    show([q, answer('a', 'q', [text('t', words), source('1', 'https://a.example/', end)])])
    await screen.findByRole('group', { name: 'Sources' })
    expect(document.body.innerHTML).not.toMatch(/[\ue000\ue001]|%EE%80/)
  })
})

describe('files', () => {
  const file = (fields: Partial<FilePart>): FilePart => ({
    type: 'file',
    id: 'f',
    step: 1,
    filename: 'sales.csv',
    mediaType: 'text/csv',
    size: 2048,
    url: '/api/files/fil_1',
    ...fields,
  })

  it('are rows with name, type, size and a way to save them', () => {
    show([q, answer('a', 'q', [file({})])])
    const row = within(screen.getByRole('list', { name: 'Files' })).getByRole('listitem')
    expect(row).toHaveTextContent('sales.csvCSV · 2 KBSave')
    const save = screen.getByRole('link', { name: 'Save sales.csv' })
    expect(save).toHaveAttribute('href', '/api/files/fil_1')
    expect(save).toHaveAttribute('download', 'sales.csv')
  })

  it('are shown where they are pictures, until they cannot be', () => {
    show([q, answer('a', 'q', [file({ filename: 'chart.png', mediaType: 'image/png' })])])
    const picture = screen.getByRole('img', { name: 'Picture chart.png' })
    expect(picture).toHaveAttribute('src', '/api/files/fil_1')
    expect(picture.closest('a')).toHaveAttribute('href', '/api/files/fil_1')
    fireEvent.error(picture)
    expect(screen.queryByRole('img', { name: 'Picture chart.png' })).not.toBeInTheDocument()
    expect(screen.getByText('This picture cannot be shown here.')).toBeInTheDocument()
    expect(screen.getByRole('link', { name: 'Download instead' })).toHaveAttribute('download', 'chart.png')
    expect(screen.getByText('chart.png')).toBeInTheDocument()
  })

  it.each([
    ['https://evil.example/x.png'],
    ['//evil.example/api/files/x'],
    ['/api/files/../me'],
    ['javascript:alert(1)'],
    ['data:image/png;base64,x'],
  ])('come from this server alone, not from %s', (url) => {
    show([q, answer('a', 'q', [file({ url, mediaType: 'image/png' })])])
    expect(screen.queryByRole('link', { name: /^Save/ })).not.toBeInTheDocument()
    expect(screen.queryByRole('img', { name: /^Picture/ })).not.toBeInTheDocument()
  })

  it('are no pictures where a picture can hold more than that', () => {
    show([q, answer('a', 'q', [file({ filename: 'x.svg', mediaType: 'image/svg+xml' })])])
    expect(screen.queryByRole('img', { name: /^Picture/ })).not.toBeInTheDocument()
  })
})

it('shows interim notes quietly and a refusal as a notice', async () => {
  show([
    q,
    answer('a', 'q', [
      { type: 'text', id: 'n', step: 1, text: 'I look it up.', state: 'done', kind: 'commentary' },
      { type: 'text', id: 'r', step: 1, text: 'I cannot help with that.', state: 'done', kind: 'refusal' },
    ]),
  ])
  expect((await screen.findByText('I look it up.')).closest('.quiet')).toBeInTheDocument()
  expect(screen.getByText('The model declined.').parentElement).toHaveTextContent(
    'The model declined. I cannot help with that.',
  )
})
