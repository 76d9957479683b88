import { render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const text = '**Bold**\n\n| a | b |\n|---|---|\n| 1 | 2 |'

beforeEach(() => {
  vi.resetModules()
})
afterEach(() => {
  vi.doUnmock('./markdown')
})

describe('text whose reader has not arrived', () => {
  it('is never shown as Markdown: grey lines keep its place until it is', async () => {
    const { Prose } = await import('./prose')
    const seen: string[] = []
    const { container } = render(<Prose text={text} streaming={false} />)
    const look = () => seen.push(container.textContent)
    look()
    new MutationObserver(look).observe(container, { childList: true, subtree: true, characterData: true })
    expect(container.querySelectorAll('.lines > *').length).toBeGreaterThan(3)
    await screen.findByText('Bold')
    expect(seen.join('\n')).not.toMatch(/\*\*|\|/)
    expect(container.querySelector('.lines')).toBeNull()
  })

  it('stands as it is if the reader cannot be had', async () => {
    vi.doMock('./markdown', () => {
      throw new Error('offline')
    })
    const { Prose } = await import('./prose')
    render(<Prose text="**Bold**" streaming={false} />)
    expect(await screen.findByText('**Bold**')).toBeVisible()
  })

  it('is drawn at once where the reader is here already', async () => {
    const { markdown } = await import('./markdown-part')
    await markdown.load()
    expect(markdown.get()).toBeTruthy()
    const { Prose } = await import('./prose')
    render(<Prose text={text} streaming={false} />)
    expect(screen.getByText('Bold').tagName).toBe('STRONG')
  })
})
