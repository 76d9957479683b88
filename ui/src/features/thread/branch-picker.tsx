import { Icon } from '@/ui/icon'
import { strings } from './strings'
import type { Branch } from './tree'

/** BranchPicker steps through the versions of a question or of an answer. */
export function BranchPicker({ branch, onSelect }: { branch: Branch; onSelect: (id: string) => void }) {
  const { place, count, earlier, later } = branch
  return (
    <span className="branch" role="group" aria-label={strings.branchName(place, count)}>
      <button
        type="button"
        aria-label={strings.earlierVersion}
        disabled={earlier === undefined}
        onClick={() => earlier !== undefined && onSelect(earlier)}
      >
        <Icon name="chevronLeft" size="sm" />
      </button>
      <span className="num" aria-hidden="true">
        {strings.branch(place, count)}
      </span>
      <button
        type="button"
        aria-label={strings.laterVersion}
        disabled={later === undefined}
        onClick={() => later !== undefined && onSelect(later)}
      >
        <Icon name="chevronRight" size="sm" />
      </button>
    </span>
  )
}
