import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

// Imports point one way: app → features → ui → strings → lib → wire; no feature knows another, and
// the thread, which is the largest, has rooms of its own. What
// lib itself says to people is a file of words below it.
// The files are read in the test's own process, so that a cached pass is never stale.
const source = join(process.cwd(), 'src')

/** The zone of a file: its first folder, and for features the second as well. */
function zoneOf(file: string): string {
  const [first = '', second = ''] = file.split('/')
  if (first === 'features') return `features/${second}`
  if (file.startsWith('strings/lib')) return 'strings/lib'
  return ['wire', 'ui', 'strings', 'lib', 'styles'].includes(first) ? first : 'app'
}

/** What the zones may know that no feature is in. */
const below: Record<string, string[]> = {
  ui: ['strings', 'strings/lib', 'lib'],
  strings: ['lib', 'wire'],
  lib: ['strings/lib', 'wire'],
}

function allowed(from: string, to: string): boolean {
  if (from === to || from === 'app') return true
  if (from.startsWith('features/')) return ['ui', 'strings', 'strings/lib', 'lib', 'wire'].includes(to)
  return (below[from] ?? []).includes(to)
}

/**
 * The rooms of the thread, in the order in which they know each other: each knows those before
 * it. What stands in the feature's own folder puts them together.
 */
const rooms = [
  ...'state rows links panel marks prose table chart ask rerun call receipt turn'.split(' '),
  '', // the feature's own folder
]

/** The place of a file's room among them; -1 of what is no file of the thread, or of no room. */
function roomOf(file: string): number {
  const [, room] = /^features\/thread\/(?:([^/]+)\/)?[^/]+$/.exec(file) ?? [null, 'none']
  return rooms.indexOf(room ?? '')
}

/** Whether a file of the thread may know another; tests draw a whole thread. */
function roomAllowed(file: string, to: string): boolean {
  if (!file.startsWith('features/thread/') || !to.startsWith('features/thread/')) return true
  if (/\.test\.tsx?$/.test(file)) return true
  return roomOf(file) >= 0 && roomOf(to) >= 0 && roomOf(to) <= roomOf(file)
}

/** The files of this folder that a file imports, as paths from src. */
function importsOf(file: string, text: string): string[] {
  const found = text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)['"]([^'"]+)['"]/g)
  return [...found].flatMap(([, path = '']) => {
    if (path.startsWith('@/')) return [path.slice(2)]
    if (path.startsWith('.')) return [relative(source, join(source, dirname(file), path))]
    return []
  })
}

function violations(files: Record<string, string>): string[] {
  return Object.entries(files).flatMap(([file, text]) =>
    importsOf(file, text)
      .filter((to) => !to.startsWith('..') || !/\.test\.tsx?$/.test(file))
      .filter((to) => to.startsWith('..') || !allowed(zoneOf(file), zoneOf(to)) || !roomAllowed(file, to))
      .map((to) => `${file} imports ${to}`),
  )
}

describe('import zones', () => {
  it('hold in every file', () => {
    const names = readdirSync(source, { recursive: true, encoding: 'utf8' })
    const files = names.filter((name) => /\.tsx?$/.test(name) && name !== 'routeTree.gen.ts')
    expect(files.length).toBeGreaterThan(50)
    const texts = files.map((name) => [name, readFileSync(join(source, name), 'utf8')])
    expect(violations(Object.fromEntries(texts))).toEqual([])
  })

  it.each([
    ['a feature that imports another', 'features/history/a.ts', `import { x } from '@/features/thread/x'`],
    ['the same by a relative path', 'features/history/a.ts', `import { x } from '../thread/x'`],
    ['the same, lazily', 'features/history/a.tsx', `const x = import('@/features/thread/x')`],
    ['a primitive that knows a feature', 'ui/button.tsx', `import '@/features/thread/x'`],
    ['the library that knows a primitive', 'lib/api.ts', `export { x } from '@/ui/x'`],
    ['a feature that imports a route', 'features/history/a.ts', `import { x } from '@/routes/index'`],
    ['words that know a feature', 'strings/thread.ts', `import type { x } from '@/features/thread/x'`],
    ['the library that knows the words of a view', 'lib/api.ts', `import { x } from '@/strings/thread'`],
    ['words of the library that know it', 'strings/lib.ts', `import { x } from '@/lib/x'`],
    ['a room that knows one behind it', 'features/thread/rows/a.ts', `import { x } from '../table/x'`],
    ['a room that knows what puts it together', 'features/thread/rows/a.ts', `import { x } from '../x'`],
    [
      'a room without a place among the others',
      'features/thread/attic/a.ts',
      `import { x } from '../rows/x'`,
    ],
    ['code that leaves the folder', 'lib/api.ts', `import { x } from '../../dev/fake'`],
  ])('refuse %s', (_name, file, text) => {
    expect(violations({ [file]: text })).toHaveLength(1)
  })

  it('let the routes compose features, and a test use the fake server', () => {
    expect(
      violations({
        'routes/index.tsx': `import { x } from '@/features/thread/x'`,
        'features/thread/a.tsx': `import { x } from '@/ui/x'; import y from '@/lib/y'; import './z'`,
        'features/thread/table/a.tsx': `import { x } from '../rows/x'; import './b'`,
        'features/thread/table/a.test.tsx': `import { x } from '../sample'`,
        'features/thread/b.tsx': `import { strings } from '@/strings/thread'`,
        'lib/api.ts': `import { text } from '@/strings/lib'`,
        'app.test.tsx': `import { FakeServer } from '../dev/fake'`,
      }),
    ).toEqual([])
  })
})
