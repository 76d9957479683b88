/**
 * What addresses the page may use. Addresses come from models, servers and people who are
 * not trusted, so each is read here, by the browser's own rules (WHATWG URL), before it
 * becomes a link, a picture or a place to go.
 */

/** Returns a page of the web, or undefined: http and https alone, and no name and password in it to mislead. */
export function webPage(address: string | undefined): URL | undefined {
  const url = parsed(address)
  const web = url?.protocol === 'https:' || url?.protocol === 'http:'
  return web && url.username === '' && url.password === '' ? url : undefined
}

/** Returns what a text may link to, or undefined: a page of the web, or an address of mail. */
export function linkTarget(address: string | undefined): string | undefined {
  const url = parsed(address)
  return url?.protocol === 'mailto:' ? url.href : webPage(address)?.href
}

/**
 * Returns a path on this site, for a picture or a way out, or undefined: what leads
 * elsewhere, and `//host` and `/\host` do, is none.
 */
export function ownPath(path: string | undefined): string | undefined {
  if (path === undefined || !path.startsWith('/')) return undefined
  const site = 'https://site.invalid'
  const url = URL.canParse(path, site) ? new URL(path, site) : undefined
  return url?.origin === site ? path : undefined
}

function parsed(address: string | undefined): URL | undefined {
  return address !== undefined && URL.canParse(address) ? new URL(address) : undefined
}
