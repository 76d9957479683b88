import { createContext, use } from 'react'
import type { AnswerRequest, DecisionRequest } from '@/wire/wire.gen'

/** What a person can do about the calls of the answer that is being written. */
export interface Desk {
  /** Allows or forbids a call; rejects with an ApiError. */
  decide: (approvalId: string, decision: DecisionRequest) => Promise<void>
  /** Answers what a server asks; rejects with an ApiError. */
  reply: (elicitationId: string, answer: AnswerRequest) => Promise<void>
  openServers: (() => void) | undefined
}

const nobody: Desk = {
  decide: () => Promise.reject(new Error('no desk')),
  reply: () => Promise.reject(new Error('no desk')),
  openServers: undefined,
}

/** DeskContext carries the desk down to the calls. */
export const DeskContext = createContext(nobody)

/** Returns the desk of the thread on view. */
export function useDesk(): Desk {
  return use(DeskContext)
}
