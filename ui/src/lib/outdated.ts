import { load, save } from './storage'

const name = 'reloaded'
const longEnough = 60_000 // ms

/**
 * Handles a part of the page that could not be fetched. After an update the parts of the older
 * page are gone: then the new page is loaded, but not again and again should that not help.
 * While the server cannot be reached, or asks for a login, nothing else could be loaded: the page
 * stays as it is, with all that is in it.
 */
export async function reloadIfOutdated(reload: () => void): Promise<void> {
  const last = Number(load(name, 'tab') ?? 0)
  if (Date.now() - last < longEnough) return
  const answer = await fetch('/theme.js', { method: 'HEAD', cache: 'no-store', redirect: 'manual' }).catch(
    () => null,
  )
  if (!answer?.ok) return
  // Where that cannot be noted, nothing would keep it from doing so for ever.
  if (save(name, String(Date.now()), 'tab')) reload()
}
