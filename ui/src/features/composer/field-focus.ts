import { useEffect, type RefObject } from 'react'

/** Puts the cursor into a field, unless a keyboard would then cover the page. */
export function focusOf(field: HTMLTextAreaElement | null) {
  if (matchMedia('(hover: hover)').matches) field?.focus()
}

/** Has the field of a page that comes take the focus, but where a link led to a place on the page, which has it already. */
export function useFocusAtFirst(field: RefObject<HTMLTextAreaElement | null>) {
  useEffect(() => {
    const main = field.current?.closest('main')
    const taken = document.activeElement !== main && main?.contains(document.activeElement) === true
    if (!taken) focusOf(field.current)
  }, [field])
}
