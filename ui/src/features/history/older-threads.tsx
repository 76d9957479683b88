import { useEffect, useRef } from 'react'
import { text } from '@/strings/history'
import { Button } from '@/ui/button'

/** So far before its end, in pixels, a list is continued. */
const ahead = 400

/**
 * OlderThreads continues a list as its end comes near. It is a button for those who do not
 * scroll, and for when that failed.
 */
export function OlderThreads({
  loading,
  failed,
  onMore,
}: {
  loading: boolean
  failed: boolean
  onMore: () => void
}) {
  const place = useRef<HTMLDivElement>(null)
  const more = useRef(onMore)
  useEffect(() => {
    more.current = onMore
  })
  useEffect(() => {
    const end = place.current
    if (end === null || loading || failed || typeof IntersectionObserver === 'undefined') return
    const near = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) more.current()
      },
      { root: end.closest('.scroll-thin'), rootMargin: `0px 0px ${ahead}px` },
    )
    near.observe(end)
    return () => near.disconnect()
  }, [loading, failed])
  return (
    <div ref={place}>
      <Button
        variant="quiet"
        size="sm"
        className="mt-2 w-full justify-start px-1.5! text-ink-3"
        aria-disabled={loading}
        onClick={() => {
          if (!loading) onMore()
        }}
      >
        {failed ? text.moreFailed : loading ? text.loadingMore : text.more}
      </Button>
    </div>
  )
}
