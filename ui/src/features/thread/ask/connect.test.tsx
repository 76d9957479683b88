import { screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/lib/api'
import type { ToolPart, Wait } from '@/wire/wire.gen'
import type { Desk } from '../state/desk'
import { answer, call, question } from '../sample'
import { show } from '../sample-view'
import type { ThreadState } from '../state/use-thread'

beforeAll(async () => {
  await Promise.all([import('./connect'), import('../prose/markdown')])
})
afterEach(() => vi.unstubAllGlobals())

const q = question('q', '', 'Which issues are open?')
const { output: _, durationMs: __, ...rest } = call('c')
const renew = vi.fn<ThreadState['renew']>()
beforeEach(() => renew.mockReset().mockResolvedValue())

function waits(wait: Wait, connectTo: Desk['connectTo'] = () => null) {
  const part: ToolPart = { ...rest, state: 'waiting', wait }
  const waiting = answer('a', 'q', [part], { status: 'running' })
  const live = { runId: 'run.a', get: () => waiting, subscribe: () => () => undefined }
  return show([q, waiting], { live, running: true, waiting: part, renew }, { connectTo })
}

describe('a call that waits for a connection', () => {
  it('says what is missing, and leads to where it is had', async () => {
    const onLeave = vi.fn<() => void>()
    const { user } = waits({ for: 'connect', times: 1 }, (id) => ({ href: `#${id}`, onLeave }))
    const box = await screen.findByRole('group', {
      name: 'Northwind wants to know your account there first',
    })
    expect(box).toHaveTextContent('come back here. This call goes on then; your draft stays.')
    expect(screen.getByRole('button', { name: /^Call/ })).toHaveTextContent('connect first')
    expect(screen.getByText('Waiting until you have connected the server.')).toBeInTheDocument()
    expect(screen.getByText('Northwind has to be connected before the answer goes on.')).toBeInTheDocument()
    const link = screen.getByRole('link', { name: 'Connect Northwind' })
    expect(link).toHaveAttribute('href', '#northwind')
    await user.click(link)
    expect(onLeave).toHaveBeenCalledOnce()
  })

  it.each([
    ['Try again', { retry: ['c'] }],
    ['Go on without it', { without: ['c'] }],
  ])('can be settled here: %s', async (name, want) => {
    const { user } = waits({ for: 'connect', times: 1 })
    await user.click(await screen.findByRole('button', { name }))
    expect(renew).toHaveBeenCalledExactlyOnceWith(want)
    await user.click(screen.getByRole('button', { name }))
    expect(renew).toHaveBeenCalledOnce()
  })

  it('leads nowhere once it is settled, and keeps its place in the order of focus', async () => {
    const onLeave = vi.fn<() => void>()
    const { user } = waits({ for: 'connect', times: 1 }, () => ({ href: '#away', onLeave }))
    await user.click(await screen.findByRole('button', { name: 'Go on without it' }))
    const link = screen.getByRole('link', { name: 'Connect Northwind' })
    expect(link).toHaveAttribute('aria-disabled', 'true')
    expect(link).not.toHaveAttribute('href')
    await user.click(link)
    expect(link).toHaveFocus()
    await user.keyboard('{Enter}')
    expect(onLeave).not.toHaveBeenCalled()
  })

  it('says so when connecting did not help', async () => {
    waits({ for: 'connect', times: 2 })
    expect(await screen.findByText(/still does not let you in/)).toBeInTheDocument()
    expect(screen.queryByRole('link', { name: 'Connect Northwind' })).toBeNull()
  })

  it('stays open when the word could not be sent', async () => {
    renew.mockRejectedValueOnce(new ApiError({ title: '', status: 0, detail: '', kind: 'unreachable' }))
    const { user } = waits({ for: 'connect', times: 1 })
    await user.click(await screen.findByRole('button', { name: 'Try again' }))
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Try again' })).toHaveAttribute('aria-disabled', 'false'),
    )
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(renew).toHaveBeenCalledTimes(2)
  })
})

describe('a call that the person went on without', () => {
  it('is told as their own doing', () => {
    const part: ToolPart = {
      ...rest,
      state: 'output-error',
      wait: { for: 'connect', times: 1 },
      errorKind: 'unauthenticated',
      errorText: 'The person goes on without it; it was not carried out.',
    }
    show([q, answer('a', 'q', [part])])
    expect(screen.getByRole('heading', { name: 'You went on without this call' })).toBeInTheDocument()
    expect(
      screen.getByText('Northwind was not connected, so nothing was carried out there.'),
    ).toBeInTheDocument()
    expect(screen.queryByText(/The person/)).toBeNull()
  })
})

describe('a call that waits for a fresh token', () => {
  it('asks nothing of the person', () => {
    waits({ for: 'token', times: 1 })
    expect(screen.getByRole('button', { name: /^Call/ })).toHaveTextContent('renewing your sign-in')
    expect(screen.queryByRole('group', { name: /account there/ })).toBeNull()
  })
})
