import { load, save } from '@/lib/storage'

const name = 'connecting'

/** rememberConnect notes which server the person leaves the page to connect. */
export function rememberConnect(id: string) {
  save(name, id)
}

/** takeConnect returns the server that was being connected, once. */
export function takeConnect(): string | null {
  const id = load(name)
  if (id !== null) save(name, null)
  return id
}
