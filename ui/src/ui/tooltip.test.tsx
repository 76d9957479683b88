import { fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Dialog, DialogContent, DialogTitle, DialogTrigger } from './dialog'
import { IconButton } from './icon-button'
import { Tooltip, TooltipProvider } from './tooltip'

const page = (
  <TooltipProvider>
    <IconButton icon="copy" label="Copy" />
    <Tooltip label="It may change data">
      <button type="button">Writes</button>
    </Tooltip>
  </TooltipProvider>
)

const writes = () => screen.getByRole('button', { name: 'Writes' })

// jsdom does not know yet whether a focus is to be seen when it tells of it.
let visible = true
beforeEach(() => {
  vi.restoreAllMocks()
  visible = true
  const { matches } = Element.prototype
  vi.spyOn(Element.prototype, 'matches').mockImplementation(function (this: Element, selector) {
    return selector === ':focus-visible' ? visible : matches.call(this, selector)
  })
})

describe('a tooltip', () => {
  it('comes with the keyboard, describes its button, and Escape puts it away', async () => {
    render(page)
    await userEvent.tab()
    await userEvent.tab()
    expect(document.activeElement).toBe(writes())
    expect(screen.getByRole('tooltip').textContent).toBe('It may change data')
    expect(writes().getAttribute('aria-describedby')).toBe(screen.getByRole('tooltip').id)
    await userEvent.keyboard('{Escape}')
    expect(screen.queryByRole('tooltip')).toBeNull()
    expect(writes().hasAttribute('aria-describedby')).toBe(false)
    expect(document.activeElement).toBe(writes())
  })

  it('takes no Escape from the dialog that begins at its button', async () => {
    render(
      <TooltipProvider>
        <Dialog>
          <DialogTrigger>Open</DialogTrigger>
          <DialogContent aria-describedby={undefined}>
            <IconButton icon="copy" label="Copy" />
            <DialogTitle>Copies</DialogTitle>
          </DialogContent>
        </Dialog>
      </TooltipProvider>,
    )
    await userEvent.click(screen.getByRole('button', { name: 'Open' }))
    expect(screen.getByRole('tooltip').textContent).toBe('Copy')
    await userEvent.keyboard('{Escape}')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(screen.queryByRole('tooltip')).toBeNull()
  })

  it('does not say the name of a button twice', async () => {
    render(page)
    await userEvent.tab()
    expect(screen.getByRole('tooltip').textContent).toBe('Copy')
    expect(screen.getByRole('button', { name: 'Copy' }).hasAttribute('aria-describedby')).toBe(false)
  })

  it('goes with the focus, with a press and when what holds its button scrolls', async () => {
    render(page)
    await userEvent.tab()
    await userEvent.tab()
    fireEvent.scroll(document)
    expect(screen.queryByRole('tooltip')).toBeNull()
    await userEvent.tab({ shift: true })
    await userEvent.keyboard('{Enter}')
    expect(screen.queryByRole('tooltip')).toBeNull()
    await userEvent.tab()
    expect(screen.getByRole('tooltip').textContent).toBe('It may change data')
    await userEvent.tab()
    expect(screen.queryByRole('tooltip')).toBeNull()
  })

  it('does not come by touch', async () => {
    visible = false
    render(page)
    fireEvent.pointerEnter(writes(), { pointerType: 'touch' })
    fireEvent.focus(writes())
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(screen.queryByRole('tooltip')).toBeNull()
  })
})
