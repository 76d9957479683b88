import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { list, message, open, openTab } from '../../../../dev/open'
import { ApiError } from '@/lib/api'
import type { ToolPart } from '@/wire/wire.gen'
import { answer, call, question } from '../sample'
import { show } from '../sample-view'
import type { ThreadState } from '../state/use-thread'

beforeAll(async () => {
  await Promise.all([import('./approval'), import('../prose/markdown')])
})
afterEach(() => vi.unstubAllGlobals())

const q = question('q', '', 'Raise an order')
const { output: _, durationMs: __, startedAt: ___, ...rest } = call('c')
const asked: ToolPart = {
  ...rest,
  state: 'approval-requested',
  input: { sql: 'UPDATE t SET n = 20', dry: false },
  approval: { id: 'apr', reason: 'This may change something.', scopes: ['once', 'thread', 'always'] },
}
const begun = answer('a', 'q', [asked], { status: 'running' })
const live = { runId: 'run.a', get: () => begun, subscribe: () => () => undefined }
const decide = vi.fn<ThreadState['decide']>()
const box = () => screen.findByRole('group', { name: 'Northwind wants to run read_query' })

beforeEach(() => decide.mockReset().mockResolvedValue())

async function ask(part = asked, state: Partial<ThreadState> = {}) {
  const waiting = { ...begun, parts: [part] }
  const view = show([q, waiting], {
    live: { ...live, get: () => waiting },
    running: true,
    waiting: part,
    decide,
    ...state,
  })
  return { ...view, box: await box() }
}

describe('Approval', () => {
  it('opens itself and says what would happen, why it asks, as whom and where', async () => {
    const { box } = await ask({
      ...asked,
      approval: { id: 'apr', ...asked.approval, serverUrl: 'https://n.acme.com/mcp' },
    })
    const line = screen.getByRole('button', { name: /^Call ?1/ })
    expect(line).toHaveAttribute('aria-expanded', 'true')
    expect(line).toHaveTextContent('needs you')
    expect(box).toHaveTextContent('This may change something. Nothing runs until you approve it.')
    expect(box).toHaveTextContent('dana@example.com')
    expect(box).toHaveTextContent('https://n.acme.com/mcp')
    expect(screen.getByText('Waiting for your approval.')).toBeInTheDocument()
    expect(screen.queryByText(/^Working/)).not.toBeInTheDocument()
    expect(document.querySelector('[data-announces]')).toHaveTextContent(
      'The answer waits for you: Northwind wants to run read_query and needs your approval.',
    )
  })

  it('is approved as it stands, once, by the keyboard alone', async () => {
    const { user, box } = await ask()
    box.focus()
    await user.tab()
    expect(screen.getByLabelText('sql SQL')).toHaveFocus()
    await user.tab()
    expect(screen.getByLabelText('dry boolean')).toHaveFocus()
    await user.tab()
    expect(screen.getByRole('button', { name: 'Approve and run' })).toHaveFocus()
    await user.keyboard('{Enter}')
    expect(decide).toHaveBeenCalledExactlyOnceWith('apr', { approved: true, scope: 'once' })
  })

  it('is approved for longer, as the radio buttons say', async () => {
    const { user, box } = await ask()
    box.focus()
    await user.tab({ shift: false })
    await user.click(within(box).getByRole('radio', { name: 'Just once' }))
    await user.keyboard('{ArrowRight}')
    expect(box).toHaveTextContent(/^.*Later calls of read_query run without asking, in this thread,/)
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(decide).toHaveBeenCalledWith('apr', { approved: true, scope: 'thread' })
  })

  it('sends arguments that were changed, marks them and takes them back', async () => {
    const { user } = await ask()
    const sql = screen.getByLabelText('sql SQL')
    fireEvent.change(sql, { target: { value: 'UPDATE t SET n = 30' } })
    expect(screen.getByText('Edited by you: 20 became 30')).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Reset sql' }))
    expect(sql).toHaveValue('UPDATE t SET n = 20')
    expect(sql).toHaveFocus()
    fireEvent.change(sql, { target: { value: 'UPDATE t SET n = 30' } })
    await user.click(screen.getByRole('button', { name: 'Approve as edited' }))
    expect(decide).toHaveBeenCalledExactlyOnceWith('apr', {
      approved: true,
      scope: 'once',
      input: { sql: 'UPDATE t SET n = 30', dry: false },
    })
  })

  it('says at once what is not JSON, and sends nothing of it', async () => {
    const { user } = await ask()
    const dry = screen.getByLabelText('dry boolean')
    fireEvent.change(dry, { target: { value: 'maybe' } })
    expect(dry).toBeInvalid()
    expect(dry).toHaveAccessibleDescription('This is not valid JSON yet. Texts stand in double quotes.')
    await user.type(dry, '{Control>}{Enter}{/Control}')
    await user.click(screen.getByRole('button', { name: 'Approve and run' }))
    expect(decide).not.toHaveBeenCalled()
    await user.click(screen.getByRole('button', { name: 'Deny' }))
    expect(decide).toHaveBeenCalledExactlyOnceWith('apr', { approved: false })
  })

  it('offers only the times that are allowed, and no change where the provider calls', async () => {
    await ask({ ...asked, providerExecuted: true, approval: { id: 'apr', scopes: ['once'] } })
    expect(screen.queryByRole('radio')).not.toBeInTheDocument()
    expect(screen.getByLabelText('sql SQL')).toHaveAttribute('readonly')
  })

  it('warns of what cannot be seen', async () => {
    await ask({ ...asked, input: { sql: 'SELECT 1 \u202e-- no', n: 2 ** 64 } })
    expect(screen.getByLabelText('sql SQL')).toHaveAccessibleDescription(/characters that cannot be seen/)
    expect(screen.getByLabelText('n number')).toHaveAccessibleDescription(
      /more digits than a browser can show/,
    )
    expect(screen.getByLabelText('n number')).toHaveAttribute('readonly')
  })

  it('says calmly that another tab was faster', async () => {
    decide.mockRejectedValueOnce(
      new ApiError({ title: 'Conflict', status: 409, kind: 'conflict', detail: 'x' }),
    )
    const { user } = await ask()
    await user.click(screen.getByRole('button', { name: 'Deny' }))
    expect(
      await screen.findByText('This was decided already, in another tab or on another device.'),
    ).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Approve and run' }))
    expect(decide).toHaveBeenCalledOnce()
  })

  it('can be tried again when the server did not answer', async () => {
    decide.mockRejectedValueOnce(
      new ApiError({ title: 'No answer', status: 0, kind: 'unreachable', detail: 'x' }),
    )
    const { user } = await ask()
    await user.click(screen.getByRole('button', { name: 'Approve and run' }))
    expect(await screen.findByText(/so nothing was decided\. Try again\.$/)).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Approve and run' }))
    expect(decide).toHaveBeenCalledTimes(2)
  })

  it('keeps what was edited while it is folded away', async () => {
    const { user } = await ask()
    fireEvent.change(screen.getByLabelText('dry boolean'), { target: { value: 'true' } })
    await user.click(screen.getByRole('button', { name: /^Call ?1/ }))
    expect(screen.queryByRole('group', { name: /wants to run/ })).not.toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: /^Call ?1/ }))
    expect(screen.getByLabelText('dry boolean')).toHaveValue('true')
  })

  it('decides nothing in an answer that has ended', async () => {
    const { user } = await ask(asked, { live: undefined, running: false })
    await user.click(screen.getByRole('button', { name: 'Approve and run' }))
    expect(decide).not.toHaveBeenCalled()
    expect(screen.getByText('The answer has ended, so there is nothing left to decide.')).toBeInTheDocument()
  })

  it('tells a call that was not allowed, and by which approval one was', async () => {
    const denied: ToolPart = { ...asked, state: 'output-denied', approval: { id: 'apr', approved: false } }
    const { user } = show([
      q,
      answer('a', 'q', [
        denied,
        call('d', { approval: { id: 'x', approved: true, scope: 'always' } }),
        call('e', { modelInput: {}, approval: { id: 'y', reason: 'r', approved: true, scope: 'thread' } }),
      ]),
    ])
    const [first, second, third] = screen.getAllByRole('button', { name: /^Call/ })
    expect(first).toHaveTextContent('not allowed')
    for (const line of [first, second, third]) if (line) await user.click(line)
    expect(screen.getByText('You did not allow this call. Nothing was sent.')).toBeInTheDocument()
    expect(screen.getByText('under your standing approval')).toBeInTheDocument()
    expect(screen.getByText('approved by you for this thread')).toBeInTheDocument()
    expect(screen.getByText('arguments edited by you')).toBeInTheDocument()
  })
})

describe('a thread that waits', () => {
  it('says so in its title, the list and above the composer, which leads there', async () => {
    const { user } = await open('/t/scene_approval', { withScenes: true })
    await user.click(await screen.findByRole('button', { name: 'Go there' }))
    const asked = await box2()
    await waitFor(() => expect(asked).toHaveFocus())
    expect(document.title).toBe('Waiting for you: Raise an order for what runs out · Pomerium Chat')
    expect(await list().findByRole('img', { name: 'Waits for you' })).toBeInTheDocument()
    await user.type(await message(), 'And then{Enter}')
    expect(await screen.findByText('Held while the answer waits for you')).toBeInTheDocument()
  })

  it('goes on when it is approved, and the focus stays with the call', async () => {
    const { server, user } = await open('/t/scene_approval', { withScenes: true })
    ;(await box2()).focus()
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(screen.getByText('Both orders are raised.')).toBeInTheDocument())
    expect(screen.getByRole('button', { name: /^Call ?2/ })).toHaveFocus()
    expect(server.said).toEqual([{ approved: true, scope: 'once' }])
    await waitFor(() => expect(document.title).toBe('Raise an order for what runs out · Pomerium Chat'))
    expect(screen.queryByRole('button', { name: 'Go there' })).not.toBeInTheDocument()
  })

  it('shows the same after a reload, and to two tabs what one decided', async () => {
    const { user, tab } = await open('/t/scene_approval', { withScenes: true })
    await tab.findByRole('group', { name: /wants to run write_query/ })
    const other = await openTab('/t/scene_approval')
    const there = await other.tab.findByRole('group', { name: /wants to run write_query/ })
    await user.click(within(there).getByRole('button', { name: 'Deny' }))
    await waitFor(() => expect(tab.getByText('As you wish: nothing was ordered.')).toBeInTheDocument())
    expect(tab.getByRole('button', { name: /^Call ?2/ })).toHaveTextContent('not allowed')
  })
})

const box2 = () => screen.findByRole('group', { name: 'Northwind wants to run write_query' })
