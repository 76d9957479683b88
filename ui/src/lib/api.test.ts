import { afterEach, describe, expect, it, vi } from 'vitest'
import { api, ApiError, isGone, problemOf, type ApiProblem } from './api'

afterEach(() => vi.unstubAllGlobals())

const answering = (answer: () => Response | Promise<Response>) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => answer()),
  )

const problem = (body: object, status: number) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json' } })

async function failure(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
  } catch (error) {
    return error
  }
  throw new Error('it did not fail')
}

describe('api', () => {
  it('returns the body of a good answer', async () => {
    answering(() => Response.json({ id: 'thr_1' }))
    expect(await api.get('/api/threads/thr_1')).toEqual({ id: 'thr_1' })
  })

  it('returns nothing for an empty answer', async () => {
    answering(() => new Response(null, { status: 204 }))
    expect(await api.del('/api/threads/thr_1')).toBeUndefined()
  })

  it('sends JSON, prefers JSON and follows no redirect', async () => {
    answering(() => Response.json({}))
    await api.patch('/api/threads/thr_1', { title: 'Sales' })
    expect(vi.mocked(fetch).mock.calls).toEqual([
      [
        '/api/threads/thr_1',
        {
          method: 'PATCH',
          headers: {
            Accept: 'application/json, application/problem+json',
            'Content-Type': 'application/json',
          },
          redirect: 'manual',
          body: '{"title":"Sales"}',
        },
      ],
    ])
  })

  const stated: ApiProblem = {
    title: 'Conflict',
    status: 409,
    kind: 'conflict',
    detail: 'One run at a time.',
  }
  it.each<[string, () => Response, ApiProblem]>([
    ['a problem document', () => problem(stated, 409), stated],
    [
      'an answer that is no problem document',
      () => new Response('<h1>Bad Gateway</h1>', { status: 502, statusText: 'Bad Gateway' }),
      { title: 'Bad Gateway', status: 502, detail: 'The server answered with status 502.' },
    ],
    [
      'JSON of another form',
      () => problem({ error: 'Unauthenticated', request_id: '8c41' }, 500),
      { title: 'Error', status: 500, detail: 'The server answered with status 500.' },
    ],
    [
      'the gateway’s 401',
      () => problem({ error: 'Unauthenticated' }, 401),
      { title: 'Unauthorized', status: 401, kind: 'unauthenticated', detail: 'Your session has ended.' },
    ],
    [
      'a redirect to the sign-in page',
      () => Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' }),
      { title: 'Unauthorized', status: 401, kind: 'unauthenticated', detail: 'Your session has ended.' },
    ],
    [
      'a page in place of JSON',
      () => new Response('<!doctype html>'),
      {
        title: 'Not JSON',
        status: 0,
        kind: 'internal',
        detail: 'The server’s answer could not be read. Reload the page; a new version may be out.',
      },
    ],
    [
      'a lost connection',
      () => {
        throw new TypeError('Failed to fetch')
      },
      { title: 'No answer', status: 0, kind: 'unreachable', detail: 'The server did not answer.' },
    ],
  ])('rejects %s with an ApiError', async (_name, answer, want) => {
    answering(answer)
    const error = await failure(api.get('/api/me'))
    expect(error).toBeInstanceOf(ApiError)
    expect(problemOf(error)).toEqual(want)
    expect(String(error)).toBe(`ApiError: ${want.detail}`)
  })

  it.each([
    ['17', 17_000],
    [null, undefined],
    ['Wed, 18 Mar 2026 09:00:00 GMT', undefined],
  ])('knows when to try again if the answer says after %s seconds', async (header, want) => {
    vi.useFakeTimers({ now: new Date('2026-03-18T09:00:00Z') })
    const stated = { title: 'Too Many Requests', status: 429, kind: 'limit', detail: 'Not so fast.' }
    answering(() => {
      const answer = problem(stated, 429)
      if (header !== null) answer.headers.set('Retry-After', header)
      return answer
    })
    const { retryAt } = problemOf(await failure(api.post('/api/threads/t/runs')))
    expect(retryAt).toBe(want === undefined ? undefined : Date.now() + want)
    vi.useRealTimers()
  })

  it('lets an abort through as it is', async () => {
    const abort = new DOMException('stopped', 'AbortError')
    answering(() => Promise.reject(abort))
    expect(await failure(api.get('/api/me'))).toBe(abort)
  })
})

describe('problemOf', () => {
  it('has a sentence for what nobody foresaw', () => {
    expect(problemOf(new TypeError('x is not a function')).detail).toBe(
      'Something went wrong in this page. Reload it and try again.',
    )
  })
})

describe('isGone', () => {
  it.each<[string, ApiProblem, boolean]>([
    ['no connection', { title: '', detail: '', status: 0, kind: 'unreachable' }, true],
    ['a gateway with nothing behind it', { title: '', detail: '', status: 502 }, true],
    ['a model provider that is down', { title: '', detail: '', status: 502, kind: 'provider_down' }, false],
    ['the gateway in front', { title: '', detail: '', status: 503, kind: 'gateway_down' }, false],
    ['a refusal', { title: '', detail: '', status: 409, kind: 'conflict' }, false],
  ])('judges %s', (_name, given, want) => expect(isGone(given)).toBe(want))
})
