import { render, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { TooltipProvider } from '@/ui/tooltip'
import { Markdown } from './markdown'

function show(text: string, streaming = false) {
  const element = (t: string) => (
    <TooltipProvider>
      <Markdown text={t} streaming={streaming} />
    </TooltipProvider>
  )
  const { container, rerender } = render(element(text))
  return { container, update: (next: string) => rerender(element(next)) }
}

describe('Markdown', () => {
  it.each([
    { name: 'raw HTML', text: 'a <img src="https://evil.example/x"> <script>alert(1)</script> <b>b</b>' },
    {
      name: 'an HTML block',
      text: '<div onclick="x()"><iframe src="https://evil.example"></iframe></div>\n\nb',
    },
    { name: 'an image', text: '![a](https://evil.example/?q=secret)' },
    { name: 'an image from a definition', text: '![a][b]\n\n[b]: https://evil.example/x' },
    { name: 'an image without a protocol', text: '![a](//evil.example/x)' },
    { name: 'an inline data image', text: '![a](data:image/svg+xml,x)' },
  ])('loads nothing for $name', ({ text }) => {
    const { container } = show(text)
    expect(
      container.querySelector(
        'img, script, iframe, object, embed, link, style, video, audio, [onclick], [src]',
      ),
    ).toBeNull()
  })

  it.each([
    { name: 'a tag in a line', text: 'Use <details> and <b onclick="x()">bold</b>.', want: undefined },
    {
      name: 'a block',
      text: 'Try:\n\n<ul class="a">\n  <li>**one**</li>\n</ul>\n\nThere.',
      want: 'Try:<ul class="a">\n  <li>**one**</li>\n</ul>There.',
    },
    { name: 'a comment and a script', text: '<!-- a --> <script>alert(1)</script>', want: undefined },
    { name: 'a block in a quotation', text: '> <div>x</div>', want: '<div>x</div>' },
    { name: 'entities, once', text: 'a &lt;i&gt; <i>', want: 'a <i> <i>' },
    { name: 'a broken line', text: 'a<br>b', want: undefined },
  ])('shows $name of HTML as the words they are', ({ text, want }) => {
    const { container } = show(text)
    expect([...container.children].map((block) => block.textContent.trim()).join('')).toBe(want ?? text)
    expect(container.querySelector('script, details, b, ul, i, br, [onclick]')).toBeNull()
  })

  it('links by a definition in another block, as soon as that has been written', () => {
    const text =
      'See [the *docs*][d].\n\n- [D]\n\n```\n[d]\n```\n\nplain\n\n[d]: https://example.com/docs "Docs"'
    const { container, update } = show(text, true)
    const shown = () => [...container.children].map((block) => block.textContent.trim())
    expect(container.querySelector('a')).toBeNull()
    update(`${text}\n`)
    const links = screen.getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')])
    expect(links).toEqual([
      ['the docs', 'https://example.com/docs'],
      ['D', 'https://example.com/docs'],
    ])
    expect(shown()).toEqual(['See the docs.', 'D', expect.stringContaining('[d]'), 'plain'])
  })

  it('breaks lines in the cells of a table', () => {
    const { container } = show('| a | b |\n|---|---|\n| x<br>y<br/>z | <br> |')
    const cells = [...container.querySelectorAll('td')].map((td) => td.innerHTML.replaceAll('\n', ''))
    expect(cells).toEqual(['x<br>y<br>z', '&lt;br&gt;'])
  })

  it('turns an image into a link to it', () => {
    show('![a chart](https://example.com/x.png)')
    expect(screen.getByRole('link', { name: 'a chart' })).toHaveAttribute('href', 'https://example.com/x.png')
  })

  it('links to the web without telling it where from', () => {
    show('[here](https://example.com/a)')
    const link = screen.getByRole('link', { name: 'here' })
    expect(link).toHaveAttribute('rel', 'noreferrer noopener')
    expect(link).toHaveAttribute('target', '_blank')
  })

  it.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    '/api/threads',
    '#x',
    'data:text/html,x',
    '//example.com',
  ])('leaves the words of a link to %s', (url) => {
    const { container } = show(`[here](${url})`)
    expect(container.querySelector('a')).toBeNull()
    expect(container).toHaveTextContent('here')
  })

  it('begins its headings at h3', () => {
    const { container } = show('## A\n\n### B\n\n## C')
    expect([...container.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((h) => h.outerHTML)).toEqual([
      '<h3>A</h3>',
      '<h4>B</h4>',
      '<h3>C</h3>',
    ])
  })

  it.each([
    ['no heading', 'a[^1]\n\n[^1]: b', ['H3 Footnotes']],
    ['low headings', '### A\n\na[^1]\n\n[^1]: b', ['H3 A', 'H3 Footnotes']],
  ])('has the notes at its foot begin with the highest, where it has %s', (_name, text, want) => {
    const { container } = show(text)
    const headings = [...container.querySelectorAll('h1,h2,h3,h4,h5,h6')]
    expect(headings.map((h) => `${h.tagName} ${h.textContent}`)).toEqual(want)
  })

  it('lets tables and code be scrolled with the keyboard, by name', () => {
    show('| a |\n|---|\n| 1 |\n\n```sql\nSELECT 1\n```')
    expect(screen.getByRole('group', { name: 'Table' })).toHaveAttribute('tabindex', '0')
    expect(screen.getByRole('group', { name: 'Code in sql' })).toHaveTextContent('SELECT 1')
    expect(screen.getByRole('button', { name: 'Copy code' })).toBeInTheDocument()
  })

  it('names the language of code above it, where no line can run into it', () => {
    const { container } = show('```sql\nSELECT 1\n```')
    const [head, code] = container.querySelector('.code-box')?.children ?? []
    expect(head).toHaveTextContent('sql')
    expect(head).toContainElement(screen.getByRole('button', { name: 'Copy code' }))
    expect(code).toBe(screen.getByRole('group', { name: 'Code in sql' }))
  })

  it('tells the cells of a table that hold a text from those that hold a word', () => {
    const { container } = show('| a | b |\n|---|--:|\n| Some *longer* text | 1,234.50 |')
    expect([...container.querySelectorAll('td')].map((td) => [td.className, td.style.textAlign])).toEqual([
      ['long', ''],
      ['', 'right'],
    ])
  })

  it('reads task lists aloud', () => {
    const { container } = show('- [x] done\n- [ ] open')
    expect(container.querySelector('input')).toBeNull()
    expect(container).toHaveTextContent('Done: done')
    expect(container).toHaveTextContent('Open: open')
  })

  it('keeps complete blocks in the document while text streams behind them', () => {
    const { container, update } = show('First.\n\nSec', true)
    const first = container.firstElementChild
    update('First.\n\nSecond.\n\n- a')
    expect(container.firstElementChild).toBe(first)
    expect(container.children).toHaveLength(3)
  })
})
