import { createContext, useContext, useMemo } from 'react'
import type { Me, ModelInfo } from '@/wire/wire.gen'

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

/** Returns the reader that a person is, with the names of the models; as long as they are not known, nobody. */
export function useReaderOf(me: Me | undefined, models: readonly ModelInfo[] | undefined): Reader {
  return useMemo(
    () => ({
      name: me?.user.name ?? '',
      email: me?.user.email ?? '',
      gateway: me?.mode === 'gateway',
      maxText: me?.maxText ?? Infinity,
      modelLabel: (id) => models?.find((m) => m.id === id)?.label ?? id,
    }),
    [me, models],
  )
}
