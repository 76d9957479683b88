import { loadJSON, save } from '@/lib/storage'
import { text } from '@/strings/servers'
import type { Server } from '@/wire/wire.gen'

/** What this tab remembers of a way to another page and back. */
const left = 'connecting'
const refused = 'connect-failed'

/** A server that the person leaves the page to connect. */
export type Trip = Pick<Server, 'id' | 'name'> & { failed?: boolean }

/** What the gateway said of a server that could not be connected, and when, as ISO 8601. */
export type ConnectFailure = Pick<Server, 'id' | 'name'> & { said: string; at: string }

/** The most characters that are shown of what the gateway said. */
const longest = 300

/** rememberConnect notes which server the person leaves the page to connect. */
export function rememberConnect({ id, name }: Trip) {
  save(left, JSON.stringify({ id, name }), 'tab')
}

/**
 * noteReturn takes the gateway's reason why connecting failed out of the address, before
 * anything else reads that. Anybody can write such an address, so the reason counts only
 * in a tab that was left to connect a server.
 */
export function noteReturn() {
  const url = new URL(location.href)
  const said = url.searchParams.get('connect_error')
  if (said === null) return
  url.searchParams.delete('connect_error')
  history.replaceState(history.state, '', url)
  const trip = loadJSON(left, isTrip, 'tab')
  if (trip === null) return
  const failure: ConnectFailure = { ...trip, said: plain(said), at: new Date().toISOString() }
  save(left, JSON.stringify({ ...trip, failed: true }), 'tab')
  save(refused, JSON.stringify(failure), 'tab')
}

// To recall changes nothing: a drawing may be given up and begun anew. Who is on view forgets.

/** recallConnect returns the server that was being connected when this tab came back, and whether that failed. */
export function recallConnect(): Trip | null {
  return loadJSON(left, isTrip, 'tab')
}

/** forgetConnect has nobody else told of that server. */
export function forgetConnect() {
  save(left, null, 'tab')
}

/** recallFailure returns why a server could not be connected. */
export function recallFailure(): ConnectFailure | null {
  return loadJSON(refused, isFailure, 'tab')
}

/** forgetFailure has that said once. */
export function forgetFailure() {
  save(refused, null, 'tab')
}

/** failureDetails is what someone needs to know who is asked for help. */
export function failureDetails({ name, said, at }: ConnectFailure): string {
  return text.failure(name, at, said || '-').join('\n')
}

/** Returns a text as one line of characters that can be seen, and not too many. */
function plain(text: string): string {
  const seen = [...text.replace(/[\p{C}\s]+/gu, ' ').trim()]
  return seen.length > longest ? `${seen.slice(0, longest).join('')}…` : seen.join('')
}

function isTrip(value: unknown): value is Trip {
  return typeof value === 'object' && value !== null && isText(value, 'id') && isText(value, 'name')
}

function isFailure(value: unknown): value is ConnectFailure {
  return isTrip(value) && isText(value, 'said') && isText(value, 'at')
}

function isText<K extends string>(value: object, key: K): value is Record<K, string> {
  return typeof Reflect.get(value, key) === 'string'
}
