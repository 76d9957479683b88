import { useState } from 'react'
import { useMedia, widths } from '@/lib/use-media'
import { useRemembered } from './use-remembered'

/**
 * useServersOpen tells whether the servers are on view. Where they stand beside the page,
 * this browser remembers that; a sheet that covers the page is closed at first.
 */
export function useServersOpen(): [boolean, (open: boolean) => void] {
  const beside = useMedia(widths.beside)
  const remembered = useRemembered('servers', false)
  const sheet = useState(false)
  return beside ? remembered : sheet
}
