/** waitTime writes how long is to be waited, given in seconds: 12 s, from two minutes on 3 min. */
export function waitTime(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`
}
