import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'
import { strings } from '@/strings/thread'
import { LinkGuard } from './link-guard'
import { Markdown } from '../prose/markdown'

const servers = ['https://docs.acme.com/mcp']

function show(text: string) {
  const followed: string[] = []
  render(
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- it only looks on
    <div
      onClick={(event) => {
        const link = event.target instanceof Element ? event.target.closest('a') : null
        if (link && !event.defaultPrevented) followed.push(link.href)
        event.preventDefault()
      }}
    >
      <LinkGuard threadId="t1" servers={servers}>
        <Markdown text={text} streaming={false} />
      </LinkGuard>
    </div>,
  )
  return { followed, user: userEvent.setup() }
}

describe('a link of an answer', () => {
  beforeEach(() => sessionStorage.clear())

  it('is followed at once to a server of the thread', async () => {
    const { user, followed } = show('[Handbook](https://docs.acme.com/handbook)')
    await user.click(screen.getByRole('link', { name: 'Handbook' }))
    expect(followed).toEqual(['https://docs.acme.com/handbook'])
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('shows the whole address of another host first, and gives the focus back to who stays', async () => {
    const { user, followed } = show('[Results](https://evil.example/?q=617,085.20)')
    const link = screen.getByRole('link', { name: 'Results' })
    await user.click(link)
    const asked = await screen.findByRole('dialog', { name: strings.leaving.head })
    expect(asked.textContent).toContain('https://evil.example/?q=617,085.20')
    await user.keyboard('{Escape}')
    await waitFor(() => expect(document.activeElement).toBe(link))
    expect(followed).toEqual([])
  })

  it('leads there when that is agreed to, and asks no more if the person says so', async () => {
    const { user, followed } = show('[A](https://evil.example/a), [B](https://evil.example/b)')
    await user.click(screen.getByRole('link', { name: 'A' }))
    await user.click(await screen.findByRole('checkbox', { name: strings.leaving.always('evil.example') }))
    await user.click(screen.getByRole('link', { name: 'Open evil.example' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await user.click(screen.getByRole('link', { name: 'B' }))
    expect(followed).toEqual(['https://evil.example/a', 'https://evil.example/b'])
  })

  it('asks also who presses the middle button', async () => {
    show('![chart](https://evil.example/pixel.png)')
    const pressed = fireEvent(
      screen.getByRole('link', { name: 'chart' }),
      new MouseEvent('auxclick', { button: 1, bubbles: true, cancelable: true }),
    )
    expect(pressed).toBe(false)
    expect(await screen.findByRole('dialog')).toBeTruthy()
  })
})
