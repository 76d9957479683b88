import type {
  AnswerRequest,
  CompletionRequest,
  DecisionRequest,
  Grant,
  Message,
  Problem,
  PromptRequest,
  ResultPage,
  RenewalRequest,
  RunRequest,
  Settings,
  ThreadPatch,
  ThreadSummary,
} from '../src/wire/wire.gen.ts'
import { call, exchange, grants, hardProse, me, models, orders, servers } from './data.ts'
import { matchOf } from './match.ts'
import { oldThreads } from './old-threads.ts'
import { picture } from './picture.ts'
import { answered, json, missing, problem } from './replies.ts'
import { rerun } from './rerun.ts'
import { completed, listPrompts, rendered } from './prompts.ts'
import { partsOf, readResource, resources } from './resources.ts'
import { FakeRun } from './run.ts'
import { scenes } from './scenes.ts'

/** The thread of this title has prose that is hard to set. */
const hardTitle = 'Release notes 4.2'

type Thread = { summary: ThreadSummary; settings: Settings; messages: Message[] }

/** What a test may change about a FakeServer. */
export type FakeOptions = {
  /** Milliseconds between two words of an answer. */
  pause?: number
  /** Starts with these threads' titles and ages in hours. */
  threads?: [string, number][]
  pageSize?: number
  /** Adds the threads of the scenes, as scene_…. */
  withScenes?: boolean
  /** The id of a server that turns out to be connected when it is checked. */
  connects?: string
  now?: () => Date
}

/**
 * FakeServer is the HTTP API of `pomchat serve` in memory, for looking at the page
 * and for its tests. It answers every question with the same call and prose.
 */
export class FakeServer {
  me = me
  models = models
  servers
  private readonly connects
  /** Answers the next request whose "METHOD /path" it names with a problem, once. */
  readonly failures = new Map<string, Problem>()
  /** What was asked, as "METHOD /path". */
  readonly log: string[] = []
  /** The words that threads were searched for. */
  readonly queries: string[] = []
  /** What was approved for longer. */
  grants: Grant[] = []
  /** What was said to approvals and questions. */
  readonly said: (DecisionRequest & AnswerRequest)[] = []
  /** What was said of calls that wait for a connection, request by request. */
  readonly renewals: RenewalRequest[] = []
  /** What was asked for, run by run. */
  readonly asked: RunRequest[] = []
  /** Rejects every request, as a lost connection does. */
  offline = false

  private readonly threads: Thread[]
  private readonly runs = new Map<string, FakeRun>()
  private readonly pause: number
  private readonly pageSize: number
  private readonly now: () => Date
  private count = 0

  constructor({
    pause = 0,
    threads = oldThreads,
    pageSize = 30,
    withScenes = false,
    now = () => new Date(),
    connects,
  }: FakeOptions = {}) {
    this.pause = pause
    this.pageSize = pageSize
    this.now = now
    this.servers = servers(now())
    this.connects = connects
    this.threads = threads.map(([title, hours], i) => {
      const at = new Date(now().getTime() - hours * 3_600_000)
      const id = `thr_${i + 1}`
      return {
        summary: { id, title, archived: false, createdAt: at.toISOString(), updatedAt: at.toISOString() },
        settings: { servers: null },
        messages: exchange(id, '', title, at, title === hardTitle ? hardProse : undefined),
      }
    })
    if (withScenes) this.reset()
  }

  /** reset puts the scenes back to their beginning. */
  reset() {
    const others = this.threads.filter((t) => !t.summary.id.startsWith('scene_'))
    this.grants = grants(this.now())
    const at = this.now().toISOString()
    const fresh = Object.entries(scenes).map(([name, { title }]): Thread => {
      const summary = { id: `scene_${name}`, title, archived: false, createdAt: at, updatedAt: at }
      return { summary, settings: { servers: null }, messages: [] }
    })
    this.threads.splice(0, this.threads.length, ...others, ...fresh)
  }

  /** fetch answers like the browser's fetch does. */
  async fetch(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const what = `${request.method} ${url.pathname}`
    this.log.push(what)
    if (this.offline) throw new TypeError('Failed to fetch')
    const failure = this.failures.get(what)
    if (failure) {
      this.failures.delete(what)
      return problem(failure)
    }
    const [, , kind, id = '', verb, sub = ''] = url.pathname.split('/').map(decodeURIComponent)
    const route = `${request.method} ${kind ?? ''}${id && '/'}${verb ? `/${verb}` : ''}`
    switch (route) {
      case 'GET me':
        return json(this.me)
      case 'GET models':
        return json(this.models)
      case 'GET servers':
        return json(this.servers)
      case 'POST servers//refresh': {
        const server = this.servers.find((s) => s.id === id)
        if (!server) return missing()
        server.checkedAt = this.now().toISOString()
        if (id === this.connects) Object.assign(server, { status: 'ready', connected: true })
        return json(server)
      }
      case 'GET servers//prompts':
        return answered(listPrompts(id))
      case 'POST servers//prompts':
        return answered(rendered(id, (await request.json()) as PromptRequest))
      case 'POST servers//complete':
        return answered(completed(id, (await request.json()) as CompletionRequest))
      case 'GET threads':
        return this.list(url.searchParams)
      case 'POST threads':
        return json(this.create().summary, 201)
      case 'GET runs//events':
        return this.follow(id, Number(url.searchParams.get('after') ?? 0))
      case 'POST dev/':
        this.reset()
        return new Response(null, { status: 204 })
      case 'POST runs//approvals':
      case 'POST runs//elicitations': {
        const said: DecisionRequest & AnswerRequest = await request.json()
        this.said.push(said)
        const run = this.runs.get(id)
        if (run) this.keep(run, sub, said)
        if (run?.decide(sub, said)) return new Response(null, { status: 204 })
        return problem({
          title: 'Conflict',
          status: 409,
          kind: 'conflict',
          detail: 'This call was decided already.',
        })
      }
      case 'POST runs//token': {
        const { retry = [], without = [] }: RenewalRequest = await request.json()
        this.renewals.push({ retry, without })
        const run = this.runs.get(id)
        for (const call of retry) run?.decide(`${call}-wait`, { approved: true, action: 'accept' })
        for (const call of without) run?.decide(`${call}-wait`, { approved: false, action: 'decline' })
        return new Response(null, { status: 204 })
      }
      case 'GET servers//resources':
        return id === 'northwind' ? json(resources) : json({ resources: [], templates: [] })
      case 'POST servers//resources':
        return readResource(id, (await request.json()).uri)
      case 'POST servers//disconnect': {
        const server = this.servers.find((s) => s.id === id)
        if (!server) return missing()
        Object.assign(server, { status: 'needs_connect', connected: false, tools: [] })
        return json(server)
      }
      case 'GET results/':
        return this.result(id, url.searchParams)
      case 'GET files/':
        return new Response(picture(), { headers: { 'Content-Type': 'image/png' } })
      case 'GET approvals':
        return json(this.grants)
      case 'DELETE approvals/': {
        const i = this.grants.findIndex((g) => g.id === id)
        if (i < 0) return missing()
        this.grants.splice(i, 1)
        return new Response(null, { status: 204 })
      }
      case 'POST runs//calls': {
        if (this.runs.get(id)?.stopCall(sub)) return new Response(null, { status: 204 })
        return problem({
          title: 'Conflict',
          status: 409,
          kind: 'conflict',
          detail: 'This call has ended already.',
        })
      }
      case 'POST runs//stop':
        this.runs.get(id)?.stop()
        return new Response(null, { status: 204 })
    }
    const thread = this.threads.find((t) => t.summary.id === id)
    if (!thread || kind !== 'threads') return missing()
    switch (route) {
      case 'GET threads/':
        await this.play(thread)
        return json({ thread: this.summaryOf(thread), settings: thread.settings, messages: thread.messages })
      case 'POST threads//seen':
        delete thread.summary.unread
        return new Response(null, { status: 204 })
      case 'GET threads//export':
        return new Response(`# ${thread.summary.title}\n`, {
          headers: { 'Content-Type': 'text/markdown; charset=utf-8', 'Content-Disposition': 'attachment' },
        })
      case 'PATCH threads/':
        return this.change(thread, await request.json())
      case 'DELETE threads/':
        this.threads.splice(this.threads.indexOf(thread), 1)
        return new Response(null, { status: 204 })
      case 'POST threads//calls': {
        const ran = await rerun(await request.json(), request.signal, this.now())
        return 'status' in ran ? problem(ran) : json(ran)
      }
      case 'POST threads//runs':
        return this.start(thread, await request.json())
    }
    return missing()
  }

  private list(params: URLSearchParams): Response {
    this.queries.push(params.get('q') ?? '')
    const words = (params.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean)
    const archived = params.get('archived') === 'true'
    const any = words.length > 0 && !archived
    const from = Number(params.get('cursor') ?? 0)
    const found = this.threads
      .filter(
        ({ summary: t }) =>
          (any || t.archived === archived) && words.every((w) => t.title.toLowerCase().includes(w)),
      )
      .map((t) => ({
        ...this.summaryOf(t),
        ...(words.length > 0 ? { match: matchOf(t.summary.title, words, t.messages[0]?.id ?? '') } : {}),
      }))
      .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt))
    const end = from + this.pageSize
    return json({
      threads: found.slice(from, end),
      ...(end < found.length ? { nextCursor: String(end) } : {}),
    })
  }

  /** Begins the scene of a thread, when that is looked at for the first time. */
  private async play(thread: Thread) {
    const scene = scenes[thread.summary.id.replace(/^scene_/, '')]
    if (!thread.summary.id.startsWith('scene_') || !scene || thread.messages.length > 0) return
    const [question, answer] = exchange(
      `${thread.summary.id}-${++this.count}`,
      '',
      scene.question,
      this.now(),
    )
    question.parts.push(...(scene.attached ?? []))
    thread.messages.push(question, begun(answer))
    const run = this.begin(thread, answer)
    const written = run.write(scene.script).then(() => delete thread.summary.activeRunId)
    if (scene.ended) await written
  }

  /** Keeps an approval that holds for more than one call. */
  private keep(run: FakeRun, approvalId: string, { approved, scope }: DecisionRequest) {
    const call = run.answer.parts.find((p) => p.type === 'dynamic-tool' && p.approval?.id === approvalId)
    if (call?.type !== 'dynamic-tool' || !approved || scope === undefined || scope === 'once') return
    const threadId = this.threads.find((t) => t.summary.activeRunId === run.id)?.summary.id
    this.grants.unshift({
      id: `grt_${++this.count}`,
      scope,
      server: call.tool.server,
      serverName: call.tool.serverName,
      tool: call.tool.tool,
      at: this.now().toISOString(),
      ...(scope === 'thread' && threadId !== undefined ? { threadId } : {}),
    })
  }

  private begin(thread: Thread, answer: Message): FakeRun {
    const run = new FakeRun(answer, this.pause)
    this.runs.set(run.id, run)
    thread.summary.activeRunId = run.id
    return run
  }

  private summaryOf({ summary }: Thread): ThreadSummary {
    const waits = this.runs.get(summary.activeRunId ?? '')?.waits === true
    return { ...summary, ...(waits ? { waiting: true } : {}) }
  }

  private create(): Thread {
    const at = this.now().toISOString()
    const thread: Thread = {
      summary: { id: `thr_new_${++this.count}`, title: '', archived: false, createdAt: at, updatedAt: at },
      settings: { servers: null },
      messages: [],
    }
    this.threads.push(thread)
    return thread
  }

  private change(thread: Thread, patch: ThreadPatch): Response {
    if (patch.title !== undefined) thread.summary.title = patch.title
    if (patch.archived !== undefined) thread.summary.archived = patch.archived
    if (patch.settings !== undefined) thread.settings = { ...thread.settings, ...patch.settings }
    return json(thread.summary)
  }

  private start(thread: Thread, ask: RunRequest): Response {
    if (thread.summary.activeRunId) {
      const detail = 'An answer is already being written in this thread.'
      return problem({ title: 'Conflict', status: 409, kind: 'conflict', detail })
    }
    const id = `m${++this.count}`
    const at = this.now()
    const last = thread.messages.at(-1)?.id ?? ''
    const [question, answer] = exchange(
      `${thread.summary.id}-${id}`,
      ask.parentId ?? last,
      ask.text ?? '',
      at,
    )
    const again = ask.text === undefined && ask.parentId !== undefined
    this.asked.push(ask)
    if (again) answer.parentId = ask.parentId ?? ''
    else {
      question.parts.push(...partsOf(ask.attachments ?? [], thread.messages))
      thread.messages.push(question)
    }
    thread.messages.push(begun(answer))
    const run = this.begin(thread, answer)
    thread.summary.title ||= (ask.text ?? '').slice(0, 60)
    thread.summary.updatedAt = at.toISOString()
    void run.write().then(() => {
      delete thread.summary.activeRunId
      thread.summary.unread = true
    })
    return json({ runId: run.id, messageId: answer.id, userMessageId: again ? '' : question.id }, 201)
  }

  private result(id: string, params: URLSearchParams): Response {
    if (id === 'res_orders.csv') {
      const lines = [orders.columns.map((c) => c.name), ...orders.rows].map((row) => `${row.join(',')}\r\n`)
      return new Response(lines.join(''), { headers: { 'Content-Type': 'text/csv; charset=utf-8' } })
    }
    if (id !== 'res_orders') return missing()
    const offset = Number(params.get('offset'))
    const page: ResultPage = {
      id,
      tool: call.tool,
      columns: orders.columns,
      rows: orders.rows.slice(offset, offset + Number(params.get('limit') ?? 1000)),
      offset,
      kept: orders.rows.length,
      total: orders.rows.length,
      at: this.now().toISOString(),
    }
    return json(page)
  }

  private follow(id: string, after: number): Response {
    const run = this.runs.get(id)
    if (!run) return missing()
    return new Response(run.follow(after), { headers: { 'Content-Type': 'text/event-stream' } })
  }
}

/** An answer of which nothing has been written yet. */
function begun(answer: Message): Message {
  answer.parts = []
  answer.status = 'running'
  for (const field of ['endedAt', 'finishReason', 'usage', 'cost', 'steps'] as const) delete answer[field]
  return answer
}
