import { useQuery } from '@tanstack/react-query'
import { isGone, problemOf } from '@/lib/api'
import { meQuery } from '@/lib/query'
import { text } from '@/strings/shell'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { Icon, type IconName } from '@/ui/icon'
import { useOnline } from './use-online'

type Banner = {
  icon: IconName
  warns: boolean
  words: { head: string; body: string; act: string }
  act: () => void
}

/** ConnectionBanner says under the window's edge that nobody answers, and what helps. */
export function ConnectionBanner() {
  const online = useOnline()
  const { error, refetch, isFetching } = useQuery(meQuery)
  const banner = bannerFor(online, error, () => void refetch())
  return (
    <div role="status">
      {banner && (
        <div
          className={cn(
            'flex min-h-11 items-center gap-3 border-b py-1.5 pr-3 pl-6 max-sm:pl-4',
            banner.warns ? 'border-warn-line bg-warn-tint' : 'bg-sunken',
          )}
        >
          <Icon name={banner.icon} className={banner.warns ? 'text-warn' : 'text-ink-2'} />
          <p className="flex-1 text-pretty text-ink-2">
            <b className="font-semibold text-ink">{banner.words.head}</b> {banner.words.body}
          </p>
          <Button
            size="sm"
            variant={banner.warns ? 'primary' : 'outline'}
            disabled={isFetching}
            onClick={banner.act}
          >
            {banner.words.act}
          </Button>
        </div>
      )}
    </div>
  )
}

function bannerFor(online: boolean, error: Error | null, retry: () => void): Banner | null {
  if (error === null) {
    return online ? null : { icon: 'offline', warns: false, words: text.offline, act: retry }
  }
  const problem = problemOf(error)
  if (problem.status === 401) return { icon: 'key', warns: true, words: text.session, act: reload }
  if (problem.status === 403) return { icon: 'blocked', warns: true, words: text.forbidden, act: reload }
  if (!online) return { icon: 'offline', warns: false, words: text.offline, act: retry }
  const words = isGone(problem) ? text.gone : { ...text.gone, body: problem.detail }
  return { icon: 'plug', warns: false, words, act: retry }
}

function reload() {
  location.reload()
}
