import { text } from '@/strings/history'
import { cn } from '@/ui/cn'
import { Icon } from '@/ui/icon'

/** ArchiveSwitch shows the archived threads in place of the others. */
export function ArchiveSwitch({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={() => onChange(!on)}
      className={cn(
        'flex h-8 w-full items-center gap-2.5 rounded-md px-1.5 text-left text-ink-2 transition-colors hover:bg-hover hover:text-ink max-sm:h-11',
        on && 'bg-pressed text-ink',
      )}
    >
      <Icon name="archive" />
      {text.archived}
    </button>
  )
}
