import { createContext, useContext } from 'react'

/** Who reads the thread, and how answers may be spoken of. */
export interface Reader {
  name: string
  email: string
  /** The page stands behind the gateway, which checks every call. */
  gateway: boolean
  /** Longest question, in bytes of UTF-8. */
  maxText: number
  modelLabel: (id: string) => string
}

const nobody: Reader = { name: '', email: '', gateway: false, maxText: Infinity, modelLabel: (id) => id }

/** ReaderContext carries the reader down to every call's provenance. */
export const ReaderContext = createContext(nobody)

/** Returns the reader of the thread on view. */
export function useReader(): Reader {
  return useContext(ReaderContext)
}
