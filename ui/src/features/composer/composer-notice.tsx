import type { ApiProblem } from '@/lib/api'
import { text } from '@/strings/composer'
import { Icon } from '@/ui/icon'
import { IconButton } from '@/ui/icon-button'
import { WaitButton } from '@/ui/wait-button'
import { noticeOf } from './notice'

/** ComposerNotice says above the composer what failed and offers the next action. */
export function ComposerNotice({
  problem,
  during,
  onRetry,
  onDismiss,
}: {
  problem: ApiProblem
  during: 'send' | 'stop'
  onRetry: () => void
  onDismiss: () => void
}) {
  const notice = noticeOf(problem)
  const sentence = during === 'stop' && notice.action === 'retry' ? text.stopFailed : notice.sentence
  return (
    <div
      role="alert"
      className="mb-2 flex min-h-10 animate-rise items-center gap-3 rounded-lg border border-danger-line bg-danger-tint py-1 pr-1.5 pl-3.5"
    >
      <Icon name="warning" className="text-danger" />
      <p className="flex-1 text-pretty text-ink">{sentence}</p>
      {notice.action === 'retry' && (
        <WaitButton key={problem.retryAt} until={problem.retryAt} size="sm" onClick={onRetry}>
          {(seconds) => (seconds > 0 ? text.retryIn(seconds) : text.retry)}
        </WaitButton>
      )}
      <IconButton icon="close" iconSize="sm" label={text.dismiss} onClick={onDismiss} />
    </div>
  )
}
