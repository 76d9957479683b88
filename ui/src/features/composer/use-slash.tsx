import { useRef, useState, type FocusEvent, type KeyboardEvent, type Ref, type RefObject } from 'react'
import { usePart } from '@/lib/part'
import type { PromptSource } from '@/lib/prompts'
import { slashPart } from './slash-part'

/** A prompt that was chosen elsewhere on the page. */
export type Begun = { server: string; name: string }

/** What the prompts are told of the field. */
export type SlashControl = {
  wrote: (text: string) => void
  /** Takes a key, and tells whether that is all there is to do about it. */
  keyDown: (event: KeyboardEvent) => boolean
  left: (event: FocusEvent) => void
}

/** What the prompts need; begun is another object for each time. */
export type SlashProps = {
  source: PromptSource
  draft: { text: string; write: (text: string) => void }
  field: RefObject<HTMLTextAreaElement | null>
  begun: Begun | undefined
  ref: Ref<SlashControl>
}

/**
 * useSlash brings the list of prompts, with all that belongs to it, when a text begins with a
 * slash or a prompt is begun elsewhere. It returns what the field passes on.
 */
export function useSlash(
  source: PromptSource | undefined,
  draft: SlashProps['draft'],
  field: SlashProps['field'],
) {
  const part = usePart(slashPart)
  const control = useRef<SlashControl>(null)
  const [wanted, setWanted] = useState(false)
  const [begun, setBegun] = useState<Begun>()
  const want = () => {
    source?.want()
    void slashPart.load()
    setWanted(true)
  }
  return {
    wrote: (text: string) => {
      if (text.startsWith('/')) want()
      control.current?.wrote(text)
    },
    keyDown: (event: KeyboardEvent): boolean => control.current?.keyDown(event) ?? false,
    /** Begins a prompt: its form is shown only if it requires arguments. */
    begin: (server: string, name: string) => {
      want()
      setBegun({ server, name })
    },
    /** Attributes of the field. No textarea may have the role of a combobox; it works as one. */
    field: source && {
      'aria-autocomplete': 'list' as const,
      'aria-haspopup': 'listbox' as const,
      onBlur: (event: FocusEvent) => control.current?.left(event),
    },
    panel: wanted && part && source && (
      <part.SlashPanel ref={control} source={source} draft={draft} field={field} begun={begun} />
    ),
  }
}
