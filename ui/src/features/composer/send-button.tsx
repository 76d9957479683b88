import { text } from '@/strings/composer'
import { cn } from '@/ui/cn'
import { Icon } from '@/ui/icon'
import { Tooltip } from '@/ui/tooltip'

/** SendButton sends what is written, and stops the answer that is being written. */
export function SendButton({
  running,
  ready,
  busy,
  onSend,
  onStop,
}: {
  running: boolean
  ready: boolean
  busy: boolean
  onSend: () => void
  onStop: () => void
}) {
  const label = running ? (busy ? text.stopping : text.stop) : text.send
  return (
    <Tooltip label={running ? label : text.sendHint} side="top">
      <button
        type="button"
        aria-label={label}
        aria-disabled={running ? busy : !ready}
        onClick={running ? (busy ? undefined : onStop) : onSend}
        className={cn(
          'ml-1.5 grid size-8 flex-none place-items-center rounded-lg transition-colors max-sm:size-10',
          running && 'bg-ink text-canvas',
          running && busy && 'opacity-60',
          !running && ready && 'bg-primary text-primary-foreground hover:bg-primary-hover',
          !running && !ready && 'bg-pressed text-ink-3',
        )}
      >
        <Icon name={running ? 'stop' : 'arrowUp'} />
      </button>
    </Tooltip>
  )
}
