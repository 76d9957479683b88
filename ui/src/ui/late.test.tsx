import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { partOf } from '@/lib/part'
import { Menu, MenuContent, MenuItem, MenuTrigger } from './menu'
import { openingContent, OpeningRoot, OpeningTrigger, type Opening } from './opening'

/** A window whose code comes when the test lets it. */
function lateWindow() {
  let arrive: () => void = () => undefined
  const bring = vi.fn<() => Promise<void>>(() => new Promise((resolve) => (arrive = resolve)))
  const part = partOf(() => bring().then(() => ({ View })))
  const Content = openingContent(part, (here) => here.View)
  const Page = () => (
    <OpeningRoot>
      <OpeningTrigger popup="dialog">More</OpeningTrigger>
      <Content />
    </OpeningRoot>
  )
  return { bring, Page, arrive: () => act(async () => arrive()) }
}

function View({ opening }: { opening: Opening }) {
  return opening.open && <p id={opening.contentId}>Here it is.</p>
}

const button = () => screen.getByRole('button', { name: 'More' })

afterEach(() => vi.restoreAllMocks())

describe('what opens after the page has come', () => {
  it('is fetched when the page has nothing else to do', async () => {
    const idle: IdleRequestCallback[] = []
    vi.spyOn(globalThis, 'requestIdleCallback').mockImplementation((then) => idle.push(then))
    const { bring, Page } = lateWindow()
    render(<Page />)
    expect(bring).not.toHaveBeenCalled()
    for (const then of idle) then({ didTimeout: false, timeRemaining: () => 10 })
    expect(bring).toHaveBeenCalledOnce()
    expect(screen.queryByText('Here it is.')).toBeNull()
  })

  it('opens when it comes if it was asked for before, with the button and its focus untouched', async () => {
    const { bring, Page, arrive } = lateWindow()
    render(<Page />)
    const before = button()
    await userEvent.click(before)
    expect(bring).toHaveBeenCalledOnce()
    expect(before.getAttribute('aria-expanded')).toBe('true')
    await arrive()
    expect(screen.getByText('Here it is.').id).toBe(before.getAttribute('aria-controls'))
    expect(button()).toBe(before)
    expect(document.activeElement).toBe(before)
  })

  it('stays closed if it was called off before it came', async () => {
    const { Page, arrive } = lateWindow()
    render(<Page />)
    await userEvent.click(button())
    await userEvent.click(button())
    await arrive()
    expect(screen.queryByText('Here it is.')).toBeNull()
    expect(button().getAttribute('aria-expanded')).toBe('false')
  })
})

describe('a menu', () => {
  const pick = vi.fn<() => void>()
  const page = (
    <Menu>
      <MenuTrigger>More</MenuTrigger>
      <MenuContent>
        <MenuItem onSelect={pick}>One</MenuItem>
        <MenuItem onSelect={pick}>Two</MenuItem>
      </MenuContent>
    </Menu>
  )

  it.each(['{Enter}', ' ', '{ArrowDown}'])(
    'opens by the key %j, and gives the focus back on Escape',
    async (key) => {
      render(page)
      button().focus()
      await userEvent.keyboard(key)
      expect(screen.getByRole('menu', { name: 'More' }).id).toBe(button().getAttribute('aria-controls'))
      expect(document.activeElement?.textContent).toBe('One')
      await userEvent.keyboard('{Escape}')
      expect(screen.queryByRole('menu')).toBeNull()
      expect(document.activeElement).toBe(button())
    },
  )

  it('opens by a press and closes by the next', async () => {
    render(page)
    await userEvent.click(button())
    expect(screen.getAllByRole('menuitem').map((item) => item.textContent)).toEqual(['One', 'Two'])
    await userEvent.click(button())
    expect(screen.queryByRole('menu')).toBeNull()
  })

  it('closes when something is picked', async () => {
    render(page)
    await userEvent.click(button())
    await userEvent.click(screen.getByRole('menuitem', { name: 'Two' }))
    expect(pick).toHaveBeenCalledOnce()
    expect(screen.queryByRole('menu')).toBeNull()
    expect(document.activeElement).toBe(button())
  })
})
