import { screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { open } from '../../../../dev/open'
import type { Ask, ToolPart } from '@/wire/wire.gen'
import { answer, call, question } from '../sample'
import { show } from '../sample-view'
import type { ThreadState } from '../state/use-thread'

beforeAll(async () => {
  await Promise.all([import('./elicitation'), import('../prose/markdown')])
})
afterEach(() => vi.unstubAllGlobals())

const q = question('q', '', 'Book a room')
const { output: _, durationMs: __, ...rest } = call('c')
const reply = vi.fn<ThreadState['reply']>()
const stopCall = vi.fn<ThreadState['stopCall']>()
beforeEach(() => {
  reply.mockReset().mockResolvedValue()
  stopCall.mockReset().mockResolvedValue()
})

function ask(elicitation: Omit<Ask, 'id'>) {
  const part: ToolPart = { ...rest, state: 'input-available', elicitation: { id: 'e', ...elicitation } }
  const waiting = answer('a', 'q', [part], { status: 'running' })
  const live = { runId: 'run.a', get: () => waiting, subscribe: () => () => undefined }
  return show([q, waiting], { live, running: true, waiting: part, reply, stopCall })
}

const schema = {
  type: 'object',
  properties: {
    region: { type: 'string', title: 'Region' },
    size: { type: 'string', title: 'Size', enum: ['s', 'l'], enumNames: ['Small', 'Large'] },
    n: { type: 'integer', title: 'Number', minimum: 1, default: 2 },
    loud: { type: 'boolean', title: 'Loud' },
  },
  required: ['region'],
}

describe('Elicitation', () => {
  it('is a form that is filled in and sent by the keyboard alone', async () => {
    const { user } = ask({ message: 'Which region?', schema })
    const box = await screen.findByRole('group', { name: 'Northwind asks you' })
    expect(box).toHaveTextContent('Which region?')
    expect(screen.getByRole('button', { name: /^Call/ })).toHaveTextContent('asks you')
    expect(screen.getByText('Waiting for your answer.')).toBeInTheDocument()
    box.focus()
    await user.tab()
    expect(screen.getByRole('textbox', { name: 'Region' })).toHaveFocus()
    await user.keyboard('north')
    await user.tab()
    await user.keyboard(' ')
    await user.tab()
    expect(screen.getByRole('textbox', { name: 'Number optional' })).toHaveFocus()
    await user.tab()
    await user.keyboard(' ')
    await user.tab()
    expect(screen.getByRole('button', { name: 'Submit' })).toHaveFocus()
    await user.keyboard('{Enter}')
    expect(reply).toHaveBeenCalledExactlyOnceWith('e', {
      action: 'accept',
      content: { region: 'north', size: 's', n: 2, loud: true },
    })
  })

  it('says what is wrong when it is to be sent, and goes to the first of it', async () => {
    const { user } = ask({ message: 'Which region?', schema })
    await user.click(await screen.findByRole('button', { name: 'Submit' }))
    const region = screen.getByRole('textbox', { name: 'Region' })
    expect(region).toHaveFocus()
    expect(region).toBeInvalid()
    expect(region).toHaveAccessibleDescription('This is needed.')
    expect(reply).not.toHaveBeenCalled()
    await user.keyboard('north{Control>}{Enter}{/Control}')
    expect(reply).toHaveBeenCalledExactlyOnceWith('e', {
      action: 'accept',
      content: { region: 'north', n: 2, loud: false },
    })
  })

  it('can be declined', async () => {
    const { user } = ask({ message: 'Which region?', schema })
    await user.click(await screen.findByRole('button', { name: 'Decline' }))
    expect(reply).toHaveBeenCalledExactlyOnceWith('e', { action: 'decline' })
  })

  it.each([
    ['a form', { schema }],
    ['a visit', { url: 'https://pay.acme.com/' }],
  ])('%s can be left by stopping its call alone, once', async (_name, asked) => {
    const { user } = ask({ message: 'Which region?', ...asked })
    const stop = await screen.findByRole('button', { name: 'Stop this call' })
    await user.click(stop)
    await user.click(stop)
    await user.click(screen.getByRole('button', { name: 'Decline' }))
    expect(stopCall).toHaveBeenCalledExactlyOnceWith('c')
    expect(reply).not.toHaveBeenCalled()
  })

  it('is still open where its call could not be stopped', async () => {
    stopCall.mockRejectedValueOnce(new Error('gone'))
    const { user } = ask({ message: 'Which region?', schema })
    await user.type(await screen.findByRole('textbox', { name: 'Region' }), 'north')
    await user.click(screen.getByRole('button', { name: 'Stop this call' }))
    await waitFor(() => expect(document.querySelector('.ask-first .wrong')).not.toBeEmptyDOMElement())
    expect(screen.getByRole('textbox', { name: 'Region' })).toHaveValue('north')
    await user.click(screen.getByRole('button', { name: 'Stop this call' }))
    expect(stopCall).toHaveBeenCalledTimes(2)
  })

  it('shows the whole address of a visit, names its host and opens it on a press alone', async () => {
    const url = 'https://pay.acme.com/confirm?a=1&b=2'
    const { user } = ask({ message: 'Confirm it.', url })
    expect(await screen.findByText(url)).toBeInTheDocument()
    const link = screen.getByRole('link', { name: 'Open pay.acme.com' })
    expect(link).toHaveAttribute('href', url)
    expect(link).toHaveAttribute('rel', 'noreferrer noopener')
    await user.click(link)
    await waitFor(() => expect(reply).toHaveBeenCalledExactlyOnceWith('e', { action: 'accept' }))
    expect(link).not.toHaveAttribute('href')
    await user.click(link)
    expect(reply).toHaveBeenCalledOnce()
  })

  it('is told of a call that was stopped meanwhile', async () => {
    const elicitation = { id: 'e', message: 'Which region?', schema, action: 'cancel' } as const
    const part: ToolPart = { ...rest, state: 'output-error', errorText: 'Stopped.', elicitation }
    const { user } = show([q, answer('a', 'q', [part], { status: 'stopped' })])
    const line = screen.getByRole('button', { name: /^Call/ })
    if (line.getAttribute('aria-expanded') !== 'true') await user.click(line)
    expect(screen.getByText('Northwind asked: Which region? It was not answered.')).toBeInTheDocument()
  })

  it.each([
    ['javascript:alert(1)'],
    ['data:text/html,x'],
    ['//evil.example'],
    ['https://bank.com@evil.example/'],
    ['file:///etc/passwd'],
  ])('opens no %s', async (url) => {
    const { user } = ask({ message: 'Confirm it.', url })
    expect(await screen.findByText(url)).toBeInTheDocument()
    expect(screen.queryByRole('link')).not.toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Decline' }))
    expect(reply).toHaveBeenCalledExactlyOnceWith('e', { action: 'decline' })
  })

  it('leaves a quiet line of what was done', async () => {
    const elicitation: Ask = { id: 'e', message: 'Which region?', schema, action: 'decline' }
    const { user } = show([q, answer('a', 'q', [call('c', { elicitation })])])
    await user.click(screen.getByRole('button', { name: /^Call/ }))
    expect(screen.getByText('Northwind asked: Which region? You declined to answer.')).toBeInTheDocument()
  })

  it('goes on in a thread when it is answered', async () => {
    const { server, user } = await open('/t/scene_visit', { withScenes: true })
    await user.click(await screen.findByRole('button', { name: 'Decline' }))
    await waitFor(() => expect(screen.getByText('Nothing was paid.')).toBeInTheDocument())
    expect(server.said).toEqual([{ action: 'decline' }])
    await waitFor(() => expect(screen.getByRole('button', { name: /^Call/ })).toHaveFocus())
  })
})

describe('a call under way', () => {
  const log = [
    { level: 'info' as const, text: 'Loaded.' },
    { level: 'error' as const, text: 'One is missing.' },
  ]

  it('says how far it has come, and what its server tells', async () => {
    const part: ToolPart = {
      ...rest,
      state: 'input-available',
      progress: { done: 41, total: 77, message: 'Fitting 41 of 77' },
      logs: log,
    }
    const running = answer('a', 'q', [part], { status: 'running' })
    const live = { runId: 'run.a', get: () => running, subscribe: () => () => undefined }
    const { user } = show([q, running], { live, running: true })
    const line = screen.getByRole('button', { name: /^Call/ })
    expect(line).toHaveTextContent('Fitting 41 of 77')
    expect(line).toHaveTextContent('53%')
    await user.click(line)
    expect(screen.getByRole('tab', { name: /^Log/ })).toHaveAttribute('aria-selected', 'true')
    expect(screen.getByRole('group', { name: 'Log of call 1' })).toHaveTextContent(
      'info Loaded.error One is missing.',
    )
  })

  it('keeps the log beside the result', async () => {
    const { user } = show([q, answer('a', 'q', [call('c', { logs: log })])])
    await user.click(screen.getByRole('button', { name: /^Call/ }))
    expect(screen.getAllByRole('tab').map((t) => t.textContent)).toEqual(['Table1', 'SQL', 'Log2', 'Raw'])
  })
})
