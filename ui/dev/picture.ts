/** A picture of 240 by 120 points in one colour, as a bitmap that needs no compression. */
export function picture(): Uint8Array<ArrayBuffer> {
  const [width, height] = [240, 120]
  const size = 54 + width * height * 3
  const view = new DataView(new ArrayBuffer(size))
  view.setUint16(0, 0x424d)
  for (const [at, value] of [
    [2, size],
    [10, 54],
    [14, 40],
    [18, width],
    [22, height],
    [26, 0x180001],
  ] as const) {
    view.setUint32(at, value, true)
  }
  for (let i = 54; i < size; i++) view.setUint8(i, [0xbd, 0x40, 0x5b][(i - 54) % 3] ?? 0)
  return new Uint8Array(view.buffer)
}
