import type { Event, Message } from '../src/wire/wire.gen.ts'
import { call, prose } from './data.ts'

/** FakeRun writes one answer, event by event, and keeps them all for late readers. */
export class FakeRun {
  readonly id: string
  readonly events: Event[] = []
  private readonly answer: Message
  private readonly pause: number
  private readonly waiting = new Set<() => void>()
  private ended = false
  private stopped = false

  constructor(answer: Message, pause: number) {
    this.id = answer.runId ?? ''
    this.answer = answer
    this.pause = pause
  }

  /** write runs to the end; it changes the answer in place, as the page will fold it. */
  async write(): Promise<void> {
    const { answer } = this
    const toolCallId = `${answer.id}-call`
    this.emit({
      type: 'start',
      messageId: answer.id,
      messageMetadata: { runId: this.id, parentId: answer.parentId, model: answer.model ?? '', at: at() },
    })
    this.emit({ type: 'start-step' })
    this.emit({
      type: 'tool-input-available',
      toolCallId,
      toolName: call.tool.name,
      dynamic: true,
      input: call.input,
      toolMetadata: call.tool,
      at: at(),
    })
    answer.parts.push({ ...call, toolCallId, state: 'input-available', startedAt: at() })
    await this.wait(20)
    if (call.output) {
      this.emit({
        type: 'tool-output-available',
        toolCallId,
        dynamic: true,
        output: call.output,
        durationMs: 31,
      })
    }
    answer.parts[0] = { ...call, toolCallId, startedAt: at() }
    this.emit({ type: 'finish-step' })
    this.emit({ type: 'start-step' })
    const id = `${answer.id}-text`
    this.emit({ type: 'text-start', id })
    const text = { type: 'text' as const, id, step: 2, text: '', state: 'streaming' as 'streaming' | 'done' }
    answer.parts.push(text)
    for (const word of prose.split(/(?<= )/)) {
      if (this.stopped) break
      text.text += word
      this.emit({ type: 'text-delta', id, delta: word })
      await this.wait(1)
    }
    text.state = 'done'
    answer.endedAt = at()
    answer.steps = 2
    if (this.stopped) {
      answer.status = 'stopped'
      this.emit({ type: 'abort', reason: 'stopped', messageMetadata: { at: at() } })
    } else {
      answer.status = 'finished'
      answer.finishReason = 'stop'
      this.emit({ type: 'text-end', id })
      this.emit({ type: 'finish-step' })
      this.emit({ type: 'finish', finishReason: 'stop', messageMetadata: { at: at() } })
    }
    this.ended = true
    this.wake()
  }

  /** stop ends the writing at the next word. */
  stop() {
    this.stopped = true
  }

  /** follow streams the events after a number, past ones first, then the new ones. */
  follow(after: number): ReadableStream<Uint8Array> {
    const bytes = new TextEncoder()
    let next = after
    return new ReadableStream({
      pull: async (controller) => {
        while (next >= this.events.length && !this.ended) {
          await new Promise<void>((resolve) => this.waiting.add(resolve))
        }
        let frames = ''
        for (; next < this.events.length; next++) {
          frames += `id: ${next + 1}\ndata: ${JSON.stringify(this.events[next])}\n\n`
        }
        if (this.ended) frames += 'data: [DONE]\n\n'
        controller.enqueue(bytes.encode(frames))
        if (this.ended) controller.close()
      },
    })
  }

  private emit(event: Event) {
    this.events.push(event)
    this.wake()
  }

  private wake() {
    for (const resolve of this.waiting) resolve()
    this.waiting.clear()
  }

  private wait(steps: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, steps * this.pause))
  }
}

function at(): string {
  return new Date().toISOString()
}
