import { load, save } from '@/lib/storage'

const name = 'connecting'

/** rememberConnect notes which server the person leaves the page to connect. */
export function rememberConnect(id: string) {
  save(name, id)
}

/** takeConnect returns the server that was being connected, once, and whether that failed. */
export function takeConnect(): { id: string; failed: boolean } | null {
  const id = load(name)
  if (id === null) return null
  save(name, null)
  return { id, failed: new URL(location.href).searchParams.has('connect_error') }
}
