import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CopyButton } from './copy-button'
import { TooltipProvider } from './tooltip'

const words = { copy: 'Copy it', copied: 'Copied', failed: 'Could not copy' }

function show() {
  render(
    <TooltipProvider>
      <CopyButton text="12 crates" words={words} />
    </TooltipProvider>,
  )
  return userEvent.setup()
}

afterEach(() => {
  Reflect.deleteProperty(document, 'execCommand')
  vi.unstubAllGlobals()
})

describe('CopyButton where the page has no clipboard', () => {
  it.each([
    ['copies in the older way', true, 'Copied'],
    ['says so where that fails too', false, 'Could not copy'],
  ])('%s', async (_, works, want) => {
    const user = show()
    Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })
    let selected = ''
    document.execCommand = () => {
      const field = document.activeElement
      if (field instanceof HTMLTextAreaElement) selected = field.value
      return works
    }
    const button = screen.getByRole('button', { name: 'Copy it' })
    await user.click(button)
    expect(await screen.findByText(want)).toBeInTheDocument()
    expect([selected, document.querySelector('textarea'), document.activeElement]).toEqual([
      '12 crates',
      null,
      button,
    ])
  })
})
