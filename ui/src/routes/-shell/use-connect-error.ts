import { useEffect } from 'react'
import { takeConnect } from '@/features/servers/connecting'
import { useToast } from '@/ui/toast'
import { text } from './strings'

/**
 * useConnectError says why connecting an account failed. Pomerium's connect page
 * leads back here with the reason in the address, which is then removed from it.
 */
export function useConnectError() {
  const toast = useToast()
  useEffect(() => {
    const url = new URL(location.href)
    const why = url.searchParams.get('connect_error')
    if (why === null) return
    takeConnect() // there is nothing to go on with
    url.searchParams.delete('connect_error')
    history.replaceState(history.state, '', url)
    toast({ text: text.connectFailed(why.slice(0, 200)) })
  }, [toast])
}
