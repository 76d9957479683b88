import { createContext, use } from 'react'
import { loadJSON, save } from '@/lib/storage'

/** Asks before a link of a thread leads away. */
export interface Leaving {
  /**
   * Takes a link that is about to be followed: true where its host is the company's own or was
   * agreed to, and it may be; else the person is asked first, and what was pressed has the focus again after.
   */
  mayFollow: (href: string, pressed: HTMLElement) => boolean
}

/** LeavingContext carries it down to the links. Without one, no link is followed unasked. */
export const LeavingContext = createContext<Leaving>({ mayFollow: () => false })

/** Returns what asks before the thread on view is left. */
export function useLeaving(): Leaving {
  return use(LeavingContext)
}

/** Returns the hosts of addresses; what is no address has none. */
export function hostsOf(addresses: readonly string[]): ReadonlySet<string> {
  return new Set(addresses.flatMap((one) => (URL.canParse(one) ? [new URL(one).host] : [])))
}

/**
 * Whether a link leads away from what the company runs, to a host that was not agreed to.
 * Mail opens in a program of the person's own, which shows whom it is for.
 */
export function leadsAway(href: string, own: ReadonlySet<string>, agreed: readonly string[]): boolean {
  const { protocol, host } = new URL(href)
  return protocol !== 'mailto:' && !own.has(host) && !agreed.includes(host)
}

/** Hosts that are remembered for a thread; who agrees to more is asked about the oldest again. */
const most = 50

const place = (threadId: string) => `agreed.${threadId}`
const areHosts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((host) => typeof host === 'string')

/** Returns the hosts that were agreed to for a thread in this tab. */
export function agreedOf(threadId: string): string[] {
  return loadJSON(place(threadId), areHosts, 'tab') ?? []
}

/** Remembers that a thread's links may lead to a host. */
export function agree(threadId: string, host: string) {
  const hosts = [...agreedOf(threadId).filter((one) => one !== host), host].slice(-most)
  save(place(threadId), JSON.stringify(hosts), 'tab')
}
