import { screen } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ToolPart } from '@/wire/wire.gen'
import { open } from '../../../../dev/open'
import { call } from '../sample'
import type { CallState } from '../state/call-state'
import { mayStop } from './stop-call'

beforeAll(async () => {
  await Promise.all([import('../rerun/rerun'), import('../table/result-table'), import('../prose/markdown')])
})
afterEach(() => vi.unstubAllGlobals())

const button = (n: number) => screen.findByRole('button', { name: `Stop call ${n}` })

describe('a call that runs', () => {
  it('is stopped alone by the keyboard, and the answer goes on', async () => {
    const { user, server } = await open('/t/scene_progress', { withScenes: true })
    await button(2)
    ;(await button(1)).focus()
    await user.keyboard('{Enter}')
    expect(await screen.findByText('Call 1 was stopped. The answer goes on.')).toBeInTheDocument()
    expect(server.log.filter((l) => l.endsWith('/stop'))).toEqual([
      expect.stringMatching(/^POST \/api\/runs\/[^/]+\/calls\/[^/]+\/stop$/),
    ])
    const line = screen.getByRole('button', { name: /^Call ?1.*stopped/ })
    expect(line).toHaveFocus()
    await user.click(line)
    expect(screen.getByRole('heading', { name: 'This call was stopped' })).toBeInTheDocument()
    expect(screen.getByText(/the call may have been carried out\.$/)).toBeInTheDocument()

    server.offline = true
    await user.click(await button(2))
    expect(await screen.findByText(/so the call was not stopped\. Try again\.$/)).toBeInTheDocument()
    server.offline = false
    await user.click(await button(2))
    expect(await screen.findByText('You stopped both calls, so there is no forecast.')).toBeInTheDocument()
    expect(screen.queryByRole('button', { name: /^Stop call/ })).not.toBeInTheDocument()
  })
})

describe('mayStop', () => {
  it.each<[string, boolean, CallState, Partial<ToolPart>]>([
    ['one that a server carries out', true, 'running', {}],
    ['one that has ended', false, 'done', {}],
    ['one that waits for approval', false, 'approval', {}],
    ['one that the provider carries out', false, 'running', { providerExecuted: true }],
    [
      'one of pomchat itself',
      false,
      'running',
      { tool: { name: 'f', server: '', serverName: 'P', tool: 'f' } },
    ],
  ])('%s: %s', (_, may, state, part) => {
    expect(mayStop(call('c', part), state)).toBe(may)
  })
})
