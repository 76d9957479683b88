/** How far the server's clock is ahead of this computer's, in milliseconds. */
let ahead = 0

/** The header tells whole seconds, and an answer has been on its way: less than this is no difference. */
const trifle = 2_500

/** Notes what the server says in the Date header of an answer that has just come. */
export function noteDate(header: string | null, now = Date.now()) {
  const said = header === null ? NaN : new Date(header).getTime() + 500
  if (Number.isNaN(said)) return
  ahead = Math.abs(said - now) < trifle ? 0 : said - now
}

/**
 * Returns the time by the server's clock, in milliseconds since 1970, as far as it is known: what
 * the server dates is measured against nothing else.
 */
export function serverNow(): number {
  return Date.now() + ahead
}
