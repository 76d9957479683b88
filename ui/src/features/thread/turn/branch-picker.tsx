import { flushSync } from 'react-dom'
import { strings } from '@/strings/thread'
import { Icon, type IconName } from '@/ui/icon'
import type { Branch } from '../state/tree'

const idOf = (message: string) => `versions-of-${message}`

/**
 * BranchPicker steps through the versions of a question or of an answer. The focus
 * stays on the same button, in the picker of the version that comes.
 */
export function BranchPicker({
  message,
  branch: { place, count, earlier, later },
  onSelect,
}: {
  /** The id of the version on view. */
  message: string
  branch: Branch
  onSelect: (id: string) => void
}) {
  return (
    <span id={idOf(message)} className="branch" role="group" aria-label={strings.branchName(place, count)}>
      <Step label={strings.earlierVersion} icon="chevronLeft" to={earlier} onSelect={onSelect} />
      <span className="num" aria-hidden="true">
        {strings.branch(place, count)}
      </span>
      <Step label={strings.laterVersion} icon="chevronRight" to={later} onSelect={onSelect} />
    </span>
  )
}

function Step({
  label,
  icon,
  to,
  onSelect,
}: {
  label: string
  icon: IconName
  /** Absent at the end of the line, where the button keeps the focus but does nothing. */
  to: string | undefined
  onSelect: (id: string) => void
}) {
  const step = () => {
    if (to === undefined) return
    flushSync(() => onSelect(to))
    const buttons = document.getElementById(idOf(to))?.querySelectorAll('button') ?? []
    ;[...buttons].find((button) => button.getAttribute('aria-label') === label)?.focus()
  }
  return (
    <button type="button" aria-label={label} aria-disabled={to === undefined} onClick={step}>
      <Icon name={icon} size="sm" />
    </button>
  )
}
