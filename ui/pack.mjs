import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from 'node:zlib'

// Packs the built page for the binary: `node pack.mjs <from> <to>` keeps a file x as x.br and x.gz, where
// both are smaller, and else as it is. What is packed already and holds the same stays untouched: other
// versions of Node compress to other bytes, and only what the page is may make a difference in the repository.
// With --check it writes nothing and fails if the two folders differ in what they hold.
const [from = '', to = '', option = ''] = process.argv.slice(2)
if (from === '' || to === '' || (option !== '' && option !== '--check')) {
  process.stderr.write('usage: node pack.mjs <built page> <packed page> [--check]\n')
  process.exit(2)
}

/** @type {(folder: string) => string[]} */
const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))

/** @type {(data: Buffer) => Record<string, Buffer>} */
function packed(data) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: data.length }
  const br = brotliCompressSync(data, { params })
  const gz = gzipSync(data, { level: 9 })
  return br.length < data.length && gz.length < data.length ? { '.br': br, '.gz': gz } : { '': data }
}

/** @type {Record<string, (data: Buffer) => Buffer>} */
const unpack = { '.br': brotliDecompressSync, '.gz': gunzipSync, '': (data) => data }

/** @type {(name: string) => Buffer | undefined} Returns what a packed file holds, if it is there and whole. */
function held(name) {
  try {
    const suffix = /\.(?:br|gz)$/.exec(name)?.[0] ?? ''
    return unpack[suffix]?.(readFileSync(join(to, name)))
  } catch {
    return undefined
  }
}

mkdirSync(to, { recursive: true })
const left = new Set(filesOf(to))
/** @type {string[]} */
const stale = []
for (const name of filesOf(from)) {
  const data = readFileSync(join(from, name))
  for (const [suffix, bytes] of Object.entries(packed(data))) {
    const file = name + suffix
    left.delete(file)
    if (held(file)?.equals(data)) continue
    stale.push(file)
    if (option === '--check') continue
    mkdirSync(dirname(join(to, file)), { recursive: true })
    writeFileSync(join(to, file), bytes)
  }
}
stale.push(...left)
if (option !== '--check') for (const file of left) rmSync(join(to, file))
else if (stale.length > 0) {
  process.stderr.write(`${to} differs in:\n${stale.map((file) => `  ${file}\n`).join('')}`)
  process.exitCode = 1
}
