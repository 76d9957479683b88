import type { FilePart } from '@/wire/wire.gen'

/** What the page shows of a picture; the server sends these alone as what they are. */
const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/** Returns where a file is saved from: on this server, or nowhere. */
export function placeOf({ url }: FilePart): string | undefined {
  return /^\/api\/files\/[\w.-]+$/.test(url) ? url : undefined
}

/** Whether a file is shown as a picture. */
export function isPicture(file: FilePart): boolean {
  return placeOf(file) !== undefined && pictures.has(file.mediaType)
}

/** Returns what a file is, for people: by its name's ending, else by its type. */
export function typeOf({ filename, mediaType }: FilePart): string {
  const ending = /\.([A-Za-z0-9]{1,5})$/.exec(filename)?.[1]
  return ending?.toUpperCase() ?? mediaType
}
