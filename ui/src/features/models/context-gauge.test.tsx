import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { exchange, models } from '../../../dev/data'
import type { Message, ModelInfo } from '@/wire/wire.gen'
import { ContextGauge } from './context-gauge'

const small: ModelInfo = {
  id: 'small',
  label: 'small',
  provider: 'OpenAI',
  default: false,
  contextTokens: 8_000,
}
const middle: ModelInfo = { ...small, id: 'middle', label: 'middle', contextTokens: 12_500 }
const all = [...models, small, middle]
const named = (id: string) => all.find((model) => model.id === id)

/** An answered question, which takes 11,320 tokens of a context. */
const thread = exchange('m', '', 'Revenue?', new Date('2026-03-18T09:00:00Z'))

/** Shows a gauge; told says which way was taken out of a full context. */
function show(model: string, messages: Message[] = thread, toolTokens = 900, offered = all) {
  const told: string[] = []
  const tell = (what: string) => () => void told.push(what)
  const gauge = (id: string) => (
    <ContextGauge
      thread={{ messages, path: messages }}
      model={named(id)}
      models={offered}
      toolTokens={toolTokens}
      room={{ newThread: tell('thread'), openServers: tell('servers'), openModels: tell('models') }}
    />
  )
  const view = render(gauge(model))
  return { told, user: userEvent.setup(), switchTo: (id: string) => view.rerender(gauge(id)) }
}

const names = () => screen.getAllByRole('button').map((b) => b.getAttribute('aria-label') ?? b.textContent)

describe('the gauge of a thread', () => {
  it('is not there before an answer told anything, and not for the guide', () => {
    const { switchTo } = show('gpt-5.1', [])
    expect(screen.queryByRole('button')).toBeNull()
    switchTo('guide')
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('tells how full the context is, and of what, by keyboard', async () => {
    const { user } = show('gpt-5.1')
    await user.tab()
    expect(screen.getByRole('button', { name: 'Context: 2% full' })).toHaveFocus()
    await user.keyboard('{Enter}')
    const meter = await screen.findByRole('meter', { name: 'Context of gpt-5.1' })
    expect([meter.getAttribute('aria-valuenow'), meter.getAttribute('aria-valuetext')]).toEqual([
      '11320',
      '11,320 of 400,000 tokens, 2%',
    ])
    const facts = [...screen.getByRole('dialog').querySelectorAll('dt')].map((dt) => [
      dt.textContent,
      dt.nextElementSibling?.textContent,
    ])
    expect(facts).toEqual([
      ['This thread in all', '20,520 tokens'],
      ['Read', '18,400'],
      ['from the provider’s cache', '10,240'],
      ['descriptions and results of tools, about', '6,900'],
      ['Written', '2,120'],
      ['reasoning', '640'],
      ['Tools described in each question, about', '900'],
      ['Estimated cost', '$0.033'],
    ])
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('meter')).toBeNull())
    expect(screen.getByRole('button', { name: 'Context: 2% full' })).toHaveFocus()
  })

  it('warns of a context that is nearly full, follows the model, and leads to what makes room', async () => {
    const { told, user, switchTo } = show('middle')
    expect(screen.getByRole('button', { name: 'Context: 90% full' })).toHaveTextContent('90%')
    switchTo('small')
    await user.click(screen.getByRole('button', { name: 'Context: 141% full' }))
    expect(await screen.findByText(/^This is more than small can read at once/)).toBeVisible()
    for (const [name, want] of [
      ['New thread', 'thread'],
      ['Choose a larger model', 'models'],
      ['Switch tools off', 'servers'],
    ] as const) {
      if (screen.queryByRole('dialog') === null) await user.click(screen.getByRole('button'))
      await user.click(await screen.findByRole('button', { name }))
      await waitFor(() => expect(told.at(-1)).toBe(want))
    }
  })

  it('offers only what would help', async () => {
    const { user } = show('small', thread, 0, [small])
    await user.click(screen.getByRole('button'))
    await screen.findByRole('dialog')
    expect(names()).toEqual(['Context: 141% full', 'New thread'])
  })
})
