import type { ReactNode, Ref } from 'react'
import type { PromptSource } from '@/lib/prompts'
import type { Attachment, AttachLimits } from '@/wire/wire.gen'
import type { Ended } from './queue'
import type { Source } from './resources'

/** What the page may ask of a composer. */
export type ComposerHandle = {
  /** Puts the cursor into the field, unless a keyboard would then cover the page. */
  focus: () => void
  /** Sends a question that is not in the field; it comes back into it on failure. */
  send: (question: string) => void
  /** Begins a prompt of a server: its text comes into the field, after what it requires was asked for. */
  prompt: (server: string, name: string) => void
}

/** What a composer needs. */
export type ComposerProps = {
  /** Under which name the draft is kept; null while that is not known. */
  draft: string | null
  placeholder: string
  /** An answer is being written: the button stops it. */
  running: boolean
  /** The answer being written waits for the person. */
  waiting?: boolean
  /** Bytes of UTF-8 that the server takes. */
  maxText: number
  /** Why nothing can be sent now, in one sentence. */
  blocked?: string | undefined
  /** How much can go with a question; absent as long as that is not known, and nothing can. */
  attach?: AttachLimits | undefined
  /** The servers of whose resources some can be attached. */
  sources?: readonly Source[]
  /** How the newest answer ended: what waits for it is then sent, or held. */
  ended?: Ended | undefined
  /** Rejects with an ApiError if the server did not take the text. */
  onSend: (text: string, attachments: Attachment[]) => Promise<void>
  onStop: () => Promise<void>
  /** The prompts that a text which begins with a slash chooses from. */
  prompts?: PromptSource
  /** Controls at the left and at the right of the row below the text. */
  left?: ReactNode
  right?: ReactNode
  ref?: Ref<ComposerHandle>
}
