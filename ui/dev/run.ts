import { apply } from '../src/wire/apply.ts'
import type { AnswerRequest, Cost, DecisionRequest, Event, Message, ToolPart } from '../src/wire/wire.gen.ts'
import { call, me, prose } from './data.ts'

/** What a FakeRun does between its first event and its last. */
export type Script = (run: FakeRun) => Promise<void>

/** Thrown through a script when its run is stopped. */
class Stopped extends Error {}

/** FakeRun writes one answer, event by event, and keeps them all for late readers. */
export class FakeRun {
  readonly id: string
  readonly events: Event[] = []
  readonly answer: Message
  private readonly pause: number
  private readonly waiting = new Set<() => void>()
  private readonly answers = new Map<string, (said: DecisionRequest & AnswerRequest) => void>()
  private over = false
  private stopped = false

  constructor(answer: Message, pause: number) {
    this.id = answer.runId ?? ''
    this.answer = answer
    this.pause = pause
  }

  /** write runs a script to the end; it changes the answer in place, as the page will fold it. */
  async write(script: Script = ordinary): Promise<void> {
    const { answer } = this
    this.emit({
      type: 'start',
      messageId: answer.id,
      messageMetadata: { runId: this.id, parentId: answer.parentId, model: answer.model ?? '', at: at() },
    })
    this.emit({ type: 'start-step' })
    try {
      await script(this)
      if (answer.status === 'running') {
        this.emit({ type: 'finish-step' })
        this.emit({ type: 'finish', finishReason: 'stop', messageMetadata: { at: at() } })
      }
    } catch (error) {
      if (!(error instanceof Stopped)) throw error
      for (const part of answer.parts) {
        if (part.type !== 'dynamic-tool' || part.output || part.state.startsWith('output')) continue
        const toolCallId = part.toolCallId
        this.emit({
          type: 'tool-output-error',
          toolCallId,
          dynamic: true,
          errorText: 'Stopped.',
          durationMs: 0,
        })
      }
      this.emit({ type: 'abort', reason: 'stopped', messageMetadata: { at: at() } })
    }
    this.over = true
    this.wake()
  }

  /** say streams a text word by word. */
  async say(text: string, kind?: 'commentary' | 'refusal') {
    const id = `${this.answer.id}-text-${this.events.length}`
    this.emit({ type: 'text-start', id, ...(kind ? { kind } : {}) })
    for (const delta of text.split(/(?<= )/)) {
      this.check()
      this.emit({ type: 'text-delta', id, delta })
      await this.wait(1)
    }
    this.emit({ type: 'text-end', id })
    return id
  }

  /** begin calls a tool, and returns the call's id. */
  begin(part: Pick<ToolPart, 'tool' | 'input'> & Partial<ToolPart>): string {
    const toolCallId = `${this.answer.id}-call-${this.events.length}`
    this.emit({
      type: 'tool-input-available',
      toolCallId,
      toolName: part.tool.name,
      dynamic: true,
      input: part.input,
      toolMetadata: part.tool,
      at: at(),
      ...(part.providerExecuted ? { providerExecuted: true } : {}),
      ...(part.approval ? { approval: part.approval } : {}),
      ...(part.tool.server === '' ? {} : { as: me.user.email }),
    })
    return toolCallId
  }

  /** answerTo waits for what a person says to an approval or a question. */
  async answerTo(id: string): Promise<DecisionRequest & AnswerRequest> {
    this.check()
    const said = await new Promise<DecisionRequest & AnswerRequest>((resolve) =>
      this.answers.set(id, resolve),
    )
    this.check()
    return said
  }

  /** decide says something to who waits for it; false if nobody does. */
  decide(id: string, said: DecisionRequest & AnswerRequest): boolean {
    const resolve = this.answers.get(id)
    this.answers.delete(id)
    resolve?.(said)
    return resolve !== undefined
  }

  /** stopCall ends a call of which the script waits to hear that; false if it does not. */
  stopCall(toolCallId: string): boolean {
    if (!this.decide(`${toolCallId}-stop`, { approved: false, action: 'cancel' })) return false
    const errorText = 'Stopped by the person before the result arrived; the call may have been carried out.'
    this.emit({
      type: 'tool-output-error',
      toolCallId,
      dynamic: true,
      errorText,
      kind: 'stopped',
      durationMs: 9,
    })
    return true
  }

  /** Whether the run waits for a person. */
  get waits(): boolean {
    return this.answers.size > 0
  }

  /** stop ends the writing at the next word. */
  stop() {
    this.stopped = true
    for (const resolve of this.answers.values()) resolve({ approved: false, action: 'cancel' })
    this.answers.clear()
  }

  /** follow streams the events after a number, past ones first, then the new ones. */
  follow(after: number): ReadableStream<Uint8Array> {
    const bytes = new TextEncoder()
    let next = after
    return new ReadableStream({
      pull: async (controller) => {
        while (next >= this.events.length && !this.over) {
          await new Promise<void>((resolve) => this.waiting.add(resolve))
        }
        let frames = ''
        for (; next < this.events.length; next++) {
          frames += `id: ${next + 1}\ndata: ${JSON.stringify(this.events[next])}\n\n`
        }
        if (this.over) frames += 'data: [DONE]\n\n'
        controller.enqueue(bytes.encode(frames))
        if (this.over) controller.close()
      },
    })
  }

  emit(event: Event) {
    this.events.push(event)
    Object.assign(this.answer, apply(this.answer, event))
    this.wake()
  }

  wait(steps: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, steps * this.pause))
  }

  private check() {
    if (this.stopped) throw new Stopped()
  }

  private wake() {
    for (const resolve of this.waiting) resolve()
    this.waiting.clear()
  }
}

/** The answer to every question: one call, and what it says. */
async function ordinary(run: FakeRun) {
  const toolCallId = run.begin(call)
  await run.wait(20)
  if (call.output) {
    run.emit({
      type: 'tool-output-available',
      toolCallId,
      dynamic: true,
      output: call.output,
      durationMs: 31,
    })
  }
  run.emit({ type: 'finish-step' })
  run.emit({ type: 'start-step' })
  await run.say(prose)
}

/** Now, as the wire writes it. */
export function at(): string {
  return new Date().toISOString()
}

/** Ends an answer with what it used. */
export function end(run: FakeRun, cost?: Cost) {
  run.emit({ type: 'finish-step' })
  const usage = {
    inputTokens: 5_840,
    cachedTokens: 4_096,
    outputTokens: 374,
    reasoningTokens: 128,
    toolTokens: 0,
    contextTokens: 6_214,
  }
  run.emit({
    type: 'finish',
    finishReason: 'stop',
    messageMetadata: { at: at(), usage, ...(cost ? { cost } : {}) },
  })
}
