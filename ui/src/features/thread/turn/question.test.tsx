import { render, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { TooltipProvider } from '@/ui/tooltip'
import { Question } from './question'
import { question } from '../sample'

function show(text: string) {
  const { container } = render(
    <TooltipProvider>
      <Question
        message={question('q', '', text)}
        branch={undefined}
        onSelect={() => undefined}
        onEdit={undefined}
      />
    </TooltipProvider>,
  )
  return container
}

describe('Question', () => {
  it('stands as it was written, signs and lines', () => {
    const container = show('What is 2*3*4?\n  And _why_?')
    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('What is 2*3*4?\n  And _why_?')
    expect(container.querySelector('em, .prose')).toBeNull()
  })

  it('is drawn like an answer where it is Markdown, under a heading of its first words', async () => {
    const container = show('Why does this fail?\nIt did not before.\n\n```sql\nSELECT 1\n```')
    expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent('Why does this fail?')
    expect(await screen.findByRole('group', { name: 'Code in sql' })).toHaveTextContent('SELECT 1')
    expect(container.querySelector('p')?.textContent).toBe('Why does this fail?\nIt did not before.')
  })

  it('loads nothing and asks before it leads away, whatever somebody pasted', async () => {
    const container = show(
      '- ![x](https://evil.example/x.png)\n- <img src="https://evil.example/y">\n- [a](javascript:alert(1))',
    )
    expect(await screen.findByRole('link', { name: 'x' })).toHaveAttribute('rel', 'noreferrer noopener')
    expect(container.querySelector('img, [href^="javascript:"]')).toBeNull()
  })
})
