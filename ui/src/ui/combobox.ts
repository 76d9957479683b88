import { useEffect, useId, useState, type KeyboardEvent, type MouseEvent } from 'react'

/**
 * useCombobox holds which option of a list below a field is the active one: the arrow keys
 * move it while the focus stays in the field, the pointer takes it along, Enter picks it. It
 * returns the attributes of the field, of the list and of an option. What is active begins with
 * `first`, or with the first option, also when the one that was active has gone.
 */
export function useCombobox({
  ids,
  first,
  onPick,
}: {
  ids: readonly string[]
  first?: string | undefined
  onPick: (id: string) => void
}) {
  const list = useId()
  const [moved, setMoved] = useState(first)
  const active = moved !== undefined && ids.includes(moved) ? moved : ids[0]
  const idOf = (id: string) => `${list}-${id}`
  useEffect(() => {
    if (active !== undefined)
      document.getElementById(`${list}-${active}`)?.scrollIntoView({ block: 'nearest' })
  }, [active, list])
  const move = (to: number) => setMoved(ids.at(to % ids.length))
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, these keys are its own.
    if (event.nativeEvent.isComposing || event.keyCode === 229 || active === undefined) return
    const at = ids.indexOf(active)
    switch (event.key) {
      case 'ArrowDown':
        move(at + 1)
        break
      case 'ArrowUp':
        move(at - 1)
        break
      case 'Enter':
        onPick(active)
        break
      default:
        return
    }
    event.preventDefault()
  }
  return {
    active,
    /** Makes the first option the active one again. */
    reset: () => setMoved(undefined),
    field: {
      role: 'combobox',
      'aria-expanded': true,
      'aria-autocomplete': 'list',
      'aria-controls': list,
      'aria-activedescendant': active === undefined ? undefined : idOf(active),
      autoComplete: 'off',
      spellCheck: false,
      onKeyDown,
    } as const,
    list: { id: list, role: 'listbox' } as const,
    option: (id: string) =>
      ({
        id: idOf(id),
        role: 'option',
        'data-active': id === active || undefined,
        // The focus stays in the field.
        onMouseDown: (event: MouseEvent) => event.preventDefault(),
        onPointerMove: () => setMoved(id),
        onClick: () => onPick(id),
      }) as const,
  }
}
