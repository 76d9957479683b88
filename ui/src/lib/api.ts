import { text as words } from '@/strings/lib'
import type { Problem } from '@/wire/wire.gen'
import { noteDate, serverNow } from './clock'

const { problems } = words

/** A problem as the server states it, or as the browser found it with status 0. */
export type ApiProblem = Omit<Problem, 'kind'> & {
  kind?: Problem['kind'] | 'unreachable'
  /** Before when, by the server's clock in milliseconds since 1970, another attempt is in vain. */
  retryAt?: number
}

/**
 * ApiError is what every failed request rejects with. Its status is the HTTP
 * status, or 0 where no answer came at all; its message is one sentence for people.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly problem: ApiProblem

  constructor(problem: ApiProblem, options?: ErrorOptions) {
    super(problem.detail || problem.title, options)
    this.problem = problem
  }

  get status(): number {
    return this.problem.status
  }
}

/** problemOf returns the problem behind anything that was thrown. */
export function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiError) return error.problem
  return {
    title: problems.error,
    status: 0,
    kind: 'internal',
    detail: problems.broken,
  }
}

/** isGone tells whether nothing answered: no network, or a gateway with nothing behind it. */
export function isGone(problem: ApiProblem): boolean {
  if (problem.kind === 'unreachable') return true
  return problem.kind === undefined && [502, 503, 504].includes(problem.status)
}

/** saidOf returns what a failure says if that helps the person: that the gateway is away. */
export function saidOf(error: unknown): string | undefined {
  const { kind, detail } = problemOf(error)
  return kind === 'gateway_down' ? detail : undefined
}

/** What may be given along with a request. */
export type RequestOptions = { signal?: AbortSignal; keepalive?: boolean }

/**
 * api speaks JSON with this page's own server. Every method resolves with the body
 * and rejects with an ApiError; only an abort rejects with the browser's AbortError.
 */
export const api = {
  get: <T>(path: string, options?: RequestOptions) => request<T>('GET', path, undefined, options),
  post: <T>(path: string, body?: unknown, options?: RequestOptions) =>
    request<T>('POST', path, body, options),
  patch: <T>(path: string, body: unknown, options?: RequestOptions) =>
    request<T>('PATCH', path, body, options),
  del: (path: string, options?: RequestOptions) => request<void>('DELETE', path, undefined, options),
}

async function request<T>(
  method: string,
  path: string,
  body: unknown,
  options: RequestOptions = {},
): Promise<T> {
  const answer = await ask(path, {
    method,
    // Pomerium answers 401 instead of a redirect only to those who prefer JSON.
    headers: {
      Accept: 'application/json, application/problem+json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    redirect: 'manual',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...options,
  })
  if (answer.type === 'opaqueredirect') throw new ApiError(sessionEnded)
  if (!answer.ok) throw new ApiError({ ...(await readProblem(answer)), ...waitOf(answer) })
  return parse(await readText(answer))
}

const sessionEnded: ApiProblem = {
  title: problems.unauthorized,
  status: 401,
  kind: 'unauthenticated',
  detail: problems.sessionEnded,
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  try {
    const answer = await fetch(path, init)
    noteDate(answer.headers.get('Date'))
    return answer
  } catch (error) {
    throw unreachable(error)
  }
}

async function readText(answer: Response): Promise<string> {
  try {
    return await answer.text()
  } catch (error) {
    throw unreachable(error)
  }
}

function unreachable(cause: unknown): unknown {
  if (cause instanceof DOMException && cause.name === 'AbortError') return cause
  const problem: ApiProblem = {
    title: problems.noAnswer,
    status: 0,
    kind: 'unreachable',
    detail: problems.unreachable,
  }
  return new ApiError(problem, { cause })
}

async function readProblem(answer: Response): Promise<ApiProblem> {
  if (answer.status === 401) return sessionEnded
  const fallback: ApiProblem = {
    title: answer.statusText || problems.error,
    status: answer.status,
    detail: problems.status(answer.status),
  }
  const type = answer.headers.get('Content-Type') ?? ''
  if (!type.includes('json')) return fallback
  const stated = parse(await readText(answer))
  return isProblem(stated) ? stated : fallback
}

/** When a refused request may be tried again, if the answer says so in seconds. */
function waitOf(answer: Response): Pick<ApiProblem, 'retryAt'> {
  const seconds = Number(answer.headers.get('Retry-After') ?? NaN)
  return seconds > 0 ? { retryAt: serverNow() + seconds * 1_000 } : {}
}

function isProblem(value: unknown): value is ApiProblem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'title' in value &&
    'detail' in value &&
    typeof value.detail === 'string' &&
    'status' in value &&
    typeof value.status === 'number'
  )
}

function parse(text: string) {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch (cause) {
    const problem: ApiProblem = {
      title: problems.notJSON,
      status: 0,
      kind: 'internal',
      detail: problems.unreadable,
    }
    throw new ApiError(problem, { cause })
  }
}
