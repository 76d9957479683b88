import { act, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { message, open } from '../dev/open'

afterEach(() => vi.unstubAllGlobals())

describe('the focus', () => {
  it('is in the composer after asking for another answer', async () => {
    const { user } = await open('/t/thr_1')
    ;(await screen.findByRole('button', { name: 'Answer again' })).focus()
    await user.keyboard('{Enter}')
    expect(await message()).toHaveFocus()
    await screen.findByRole('group', { name: 'Version 2 of 2' })
    expect(await message()).toHaveFocus()
  })

  it('goes back from the search to its button, or to where a key opened it', async () => {
    const { user } = await open()
    const search = () => screen.getByRole('button', { name: 'Search' })
    search().focus()
    await user.keyboard('{Enter}')
    expect(await screen.findByRole('textbox', { name: 'Search threads' })).toHaveFocus()
    await user.keyboard('late{Escape}')
    expect(search()).toHaveFocus()
    screen.getByRole('button', { name: 'Hide sidebar' }).focus()
    await user.keyboard('/')
    expect(await screen.findByRole('textbox', { name: 'Search threads' })).toHaveFocus()
    await user.keyboard('late{Escape}')
    expect(screen.getByRole('button', { name: 'Hide sidebar' })).toHaveFocus()
  })

  it('stays in the message when a stroke or a question mark is written there', async () => {
    const { user } = await open()
    await user.type(await message(), 'a/b?')
    expect((await message()).value).toBe('a/b?')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(screen.queryByRole('textbox', { name: 'Search threads' })).toBeNull()
  })

  it.each(['Other{Enter}', 'Other{Escape}'])(
    'goes back to the menu from a renaming with %s',
    async (keys) => {
      const { user } = await open('/t/thr_1')
      await screen.findByRole('button', { name: 'Thread menu' })
      for (const [menu, after] of [
        [/^Menu of “Late/, /^Menu of “(Late|Other)/],
        ['Thread menu', 'Thread menu'],
      ] as const) {
        ;(await screen.findByRole('button', { name: menu })).focus()
        await user.keyboard('{Enter}')
        await user.click(await screen.findByRole('menuitem', { name: 'Rename' }))
        expect(await screen.findByRole('textbox', { name: 'Thread title' })).toHaveFocus()
        await user.keyboard(keys)
        expect(screen.getByRole('button', { name: after })).toHaveFocus()
      }
    },
  )

  it('stays where it was put when that ends a renaming', async () => {
    const { user } = await open('/t/thr_1')
    await user.click(await screen.findByRole('button', { name: 'Thread menu' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Rename' }))
    await user.click(await message())
    expect(screen.queryByRole('textbox', { name: 'Thread title' })).toBeNull()
    expect(await message()).toHaveFocus()
  })

  it('goes from one button of the sidebar to the other', async () => {
    const { user } = await open()
    screen.getByRole('button', { name: 'Hide sidebar' }).focus()
    await user.keyboard('{Enter}')
    expect(screen.getByRole('button', { name: 'Show sidebar' })).toHaveFocus()
    await user.keyboard('{Enter}')
    expect(screen.getByRole('button', { name: 'Hide sidebar' })).toHaveFocus()
  })

  it.each([true, false])('goes back from the servers with Escape (beside the page: %s)', async (wide) => {
    const { user } = await open('/t/thr_1', {}, wide)
    const button = () => screen.getByRole('button', { name: 'Servers 2 on' })
    ;(await screen.findByRole('button', { name: 'Servers 2 on' })).focus()
    await user.keyboard('{Enter}')
    const first = await screen.findByRole('switch', { name: 'Use Northwind in this thread' })
    act(() => first.focus())
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('switch')).toBeNull()
    await waitFor(() => expect(button()).toHaveFocus())
  })

  it('goes back from the drawer', async () => {
    const { user } = await open('/t/thr_1', {}, false)
    ;(await screen.findByRole('button', { name: 'Threads' })).focus()
    await user.keyboard('{Enter}')
    await screen.findByRole('dialog')
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.getByRole('button', { name: 'Threads' })).toHaveFocus())
  })
})
