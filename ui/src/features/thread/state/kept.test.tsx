import { render, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { FilePart } from '@/wire/wire.gen'
import { keptAt, KeptContext } from './kept'
import { Markdown } from '../prose/markdown'

const file = (filename: string, url: string): FilePart => ({
  type: 'file',
  id: url,
  step: 1,
  url,
  filename,
  mediaType: 'text/csv',
  size: 1,
})

const files = [
  file('sales.csv', '/api/files/fil_1'),
  file('a b.csv', '/api/files/fil_2'),
  file('sales.csv', '/api/files/fil_3'),
  file('evil.csv', 'https://evil.example/x'),
]

describe('a link into the place where a program ran', () => {
  it.each([
    ['sandbox:/mnt/data/sales.csv', '/api/files/fil_3'],
    ['sandbox:/mnt/data/a%20b.csv', '/api/files/fil_2'],
    ['sandbox:///mnt/data/sales.csv', '/api/files/fil_3'],
    ['sandbox:sales.csv', '/api/files/fil_3'],
    ['sandbox:/mnt/data/gone.csv', undefined],
    ['sandbox:/mnt/data/%E0%A4%A.csv', undefined],
    ['sandbox:/mnt/data/evil.csv', undefined],
    ['sandbox:/mnt/data/', undefined],
    ['https://a.example/sales.csv', undefined],
  ])('%s leads to %s', (href, want) => {
    expect(keptAt(href, files)?.url).toBe(want)
  })

  it('saves the kept file, and is no link where there is none', () => {
    render(
      <KeptContext value={files}>
        <Markdown
          text="[the figures](sandbox:/mnt/data/sales.csv) and [more](sandbox:/mnt/data/gone.csv)"
          streaming={false}
        />
      </KeptContext>,
    )
    const link = screen.getByRole('link', { name: 'the figures' })
    expect(link).toHaveAttribute('href', '/api/files/fil_3')
    expect(link).toHaveAttribute('download', 'sales.csv')
    expect(screen.getByText('more').closest('a')).toBeNull()
  })
})
