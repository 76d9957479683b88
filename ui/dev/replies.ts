import type { Problem } from '../src/wire/wire.gen.ts'

/** Returns a value as the API does. */
export function json(body: unknown, status = 200): Response {
  return Response.json(body, { status })
}

/** Returns a problem as the API does (RFC 9457). */
export function problem(body: Problem): Response {
  const headers = { 'Content-Type': 'application/problem+json' }
  return new Response(JSON.stringify(body), { status: body.status, headers })
}

/** Returns what was asked for; a text is why it cannot be had. */
export function answered(given: object | string | undefined): Response {
  if (given === undefined) return missing()
  if (typeof given !== 'string') return json(given)
  return problem({ title: 'Unprocessable Entity', status: 422, kind: 'invalid', detail: given })
}

/** Returns what there is of a thing that does not exist. */
export function missing(): Response {
  return problem({ title: 'Not Found', status: 404, kind: 'not_found', detail: 'There is no such thing.' })
}
