import { createContext, use } from 'react'
import type { AnswerRequest, DecisionRequest, RenewalRequest } from '@/wire/wire.gen'

/** What a person can do about the calls of the answer that is being written. */
export interface Desk {
  /** The thread on view; absent while there is none. */
  threadId: string | undefined
  /** Allows or forbids a call; rejects with an ApiError. */
  decide: (approvalId: string, decision: DecisionRequest) => Promise<void>
  /** Answers what a server asks; rejects with an ApiError. */
  reply: (elicitationId: string, answer: AnswerRequest) => Promise<void>
  /** Has calls tried again, or given up, that wait for a connection; rejects with an ApiError. */
  renew: (renewal: RenewalRequest) => Promise<void>
  /** Stops one call, while the answer goes on; rejects with an ApiError. */
  stopCall: (callId: string) => Promise<void>
  /** Where a server is connected, and what to do when the person goes there; null if there is no such page. */
  connectTo: (serverId: string) => { href: string; onLeave: () => void } | null
  openServers: (() => void) | undefined
}

const nobody: Desk = {
  threadId: undefined,
  decide: () => Promise.reject(new Error('no desk')),
  reply: () => Promise.reject(new Error('no desk')),
  renew: () => Promise.reject(new Error('no desk')),
  stopCall: () => Promise.reject(new Error('no desk')),
  connectTo: () => null,
  openServers: undefined,
}

/** DeskContext carries the desk down to the calls. */
export const DeskContext = createContext(nobody)

/** Returns the desk of the thread on view. */
export function useDesk(): Desk {
  return use(DeskContext)
}
