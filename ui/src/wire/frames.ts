/** One server-sent event: the fields `id` and `data`, where the stream had them. */
export interface Frame {
  id: string | undefined
  data: string
}

/**
 * Returns a parser of an event stream (HTML Standard, section 9.2.6) that is fed
 * piece by piece, however the network cut it. Each call takes the next piece of
 * decoded text and returns the frames that it completed. Comments, `event:` and
 * `retry:` are ignored; a frame that the stream leaves unfinished never comes out.
 */
export function frameParser(): (piece: string) => Frame[] {
  let line = ''
  let afterReturn = false
  let atStart = true
  let id: string | undefined
  let data: string[] = []

  const endOfLine = (frames: Frame[]): void => {
    if (line === '') {
      if (data.length > 0) frames.push({ id, data: data.join('\n') })
      id = undefined
      data = []
      return
    }
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    if (field === 'data') data.push(value)
    if (field === 'id' && !value.includes('\0')) id = value
    line = ''
  }

  return (piece) => {
    const frames: Frame[] = []
    let from = 0
    if (atStart && piece !== '') {
      atStart = false
      if (piece.startsWith('\uFEFF')) from = 1
    }
    for (let i = from; i < piece.length; i++) {
      const c = piece[i]
      if (c !== '\n' && c !== '\r') {
        afterReturn = false
        continue
      }
      const secondHalf = c === '\n' && afterReturn
      afterReturn = c === '\r'
      if (!secondHalf) {
        line += piece.slice(from, i)
        endOfLine(frames)
      }
      from = i + 1
    }
    line += piece.slice(from)
    return frames
  }
}
