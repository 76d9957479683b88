import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'
import { describe, expect, it } from 'vitest'

// Whatever people read stands in src/strings, so that a translation is made in one folder. What
// is looked for: text and spoken attributes in JSX, what is said and announced, and whatever
// reads like a sentence anywhere else. Errors that only programmers see are no words, and neither
// are the samples that tests and the gallery show.
const source = join(process.cwd(), 'src')

/** A node of the tree that the parser returns; ESTree with JSX. */
type Node = { type: string; start: number } & Record<string, unknown>

/** Attributes and fields whose text is shown or spoken. */
const spoken =
  /^(aria-(label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label|hint|detail|heading|summary|caption|note|words|message|textContent)$/

/** Functions that say what they are given. */
const saying = /^(toast|announce|alert|confirm)$/

/** A word that a person reads: one letter alone is a unit, a key or a variable of a formula. */
const word = /\p{L}{2}/u

/** What begins like a sentence and goes on, is named before a colon, or is the unit of a number. */
const sentence = /^\P{L}*\p{Lu}[\p{L}’']*(?:,? \P{L}*(?:\p{L}*\p{Ll}|…)|: )|^… \p{L}+$/u

/** The words in a file that a translation would miss, in order. */
function literals(file: string, text: string): string[] {
  const found: string[] = []
  const { program, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`)
  const look = (value: unknown, asked: boolean): void => {
    if (Array.isArray(value)) {
      for (const one of value) look(one, asked)
    } else if (isNode(value)) {
      visit(value, asked, look, (said) => found.push(said.replaceAll(/\s+/g, ' ').trim()))
    }
  }
  look(program, false)
  return found
}

type Look = (value: unknown, asked: boolean) => void

/** Looks at a node; asked says that what it comes to is read by people. */
function visit(node: Node, asked: boolean, look: Look, tell: (text: string) => void) {
  const wrong = (text: unknown) => typeof text === 'string' && (asked ? word : sentence).test(text)
  switch (node.type) {
    case 'JSXText':
      if (word.test(String(node['value']))) tell(String(node['value']))
      return
    case 'Literal':
      if (wrong(node['value'])) tell(String(node['value']))
      return
    case 'TemplateLiteral': {
      const quasis = node['quasis'] as { value: { cooked: string } }[]
      const text = quasis.map(({ value }) => value.cooked).join('…')
      if (wrong(text)) tell(text)
      return look(node['expressions'], asked)
    }
    case 'JSXAttribute':
      return look(node['value'], spoken.test(nameOf(node['name'])))
    case 'Property':
      return look(node['value'], asked || spoken.test(nameOf(node['key'])))
    case 'JSXElement':
    case 'JSXFragment':
      look(node['openingElement'], false)
      return look(node['children'], true)
    case 'ConditionalExpression':
      look(node['test'], false)
      look(node['consequent'], asked)
      return look(node['alternate'], asked)
    case 'LogicalExpression':
      look(node['left'], asked && node['operator'] !== '&&')
      return look(node['right'], asked)
    case 'BinaryExpression':
      look(node['left'], asked && node['operator'] === '+')
      return look(node['right'], asked && node['operator'] === '+')
    case 'AssignmentExpression':
      look(node['left'], false)
      return look(node['right'], spoken.test(nameOf(node['left'])))
    case 'CallExpression':
      look(node['callee'], false)
      return look(node['arguments'], saying.test(nameOf(node['callee'])))
    case 'NewExpression':
      // A class that ends in Error and not in ApiError: nobody but programmers reads it.
      if (/^\w*Error$/.test(nameOf(node['callee'])) && nameOf(node['callee']) !== 'ApiError') return
      return look(node['arguments'], false)
    case 'ImportDeclaration':
    case 'TSLiteralType':
      return
    case 'JSXExpressionContainer':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
    case 'TSNonNullExpression':
      return look(node['expression'], asked)
    case 'ObjectExpression':
      return look(node['properties'], asked)
    case 'ArrayExpression':
      return look(node['elements'], asked)
    default:
      for (const [key, value] of Object.entries(node)) if (key !== 'type') look(value, false)
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** The name of an identifier, or of the last part of a member. */
function nameOf(node: unknown): string {
  if (!isNode(node)) return ''
  const { type, name, value, property } = node
  if (type === 'MemberExpression') return nameOf(property)
  return typeof name === 'string' ? name : typeof value === 'string' ? value : nameOf(name)
}

describe('words outside src/strings', () => {
  it('are there none', () => {
    const names = readdirSync(source, { recursive: true, encoding: 'utf8' })
    const files = names.filter(
      (name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|^strings\/|^features\/thread\/sample/.test(name),
    )
    expect(files.length).toBeGreaterThan(150)
    const found = files.flatMap((name) =>
      literals(name, readFileSync(join(source, name), 'utf8')).map((text) => `${name}: ${text}`),
    )
    expect(found).toEqual([])
  })

  it.each([
    ['text of an element', `<p>Nothing here</p>`, ['Nothing here']],
    ['text in several lines', `<p>\n  Nothing\n  here {x}\n</p>`, ['Nothing here']],
    ['a word of a fragment', `<>Save</>`, ['Save']],
    ['one of two words', `<b>{open ? 'Hide' : text.show}</b>`, ['Hide']],
    ['a word that is there at times', `<b>{busy && 'waiting'}</b>`, ['waiting']],
    ['a word in place of none', `<b>{name ?? 'nobody'}</b>`, ['nobody']],
    ['a word around a value', '<b>{`${n} found`}</b>', ['… found']],
    ['words put together', `<b>{'found ' + n}</b>`, ['found']],
    ['the name of a control', `<button aria-label="Close" />`, ['Close']],
    ['a tooltip at times', `<i title={old ? 'outdated' : undefined} />`, ['outdated']],
    ['a placeholder', `<input placeholder="Search" />`, ['Search']],
    ['what a picture shows', '<img alt={`Chart of ${n}`} />', ['Chart of …']],
    ['a toast', `toast({ text: 'saved' })`, ['saved']],
    ['an announcement', `announce('ready')`, ['ready']],
    ['what a failure says', `new ApiError({ title: 'gone', detail: text.gone })`, ['gone']],
    ['the title of the page', `document.title = 'Threads'`, ['Threads']],
    ['the label of a command', `const c = { id: 'new', label: 'New' }`, ['New']],
    ['a sentence anywhere', `const why = 'The server is away.'`, ['The server is away.']],
    ['a name before a value', 'const line = `Server: ${name}`', ['Server: …']],
    ['a unit', 'const length = `${n} min`', ['… min']],
  ])('would be found: %s', (_name, code, want) => expect(literals('a.tsx', code)).toEqual(want))

  it.each([
    ['what the catalogue says', `<p title={text.why}>{text.nothing}</p>`],
    ['signs', `<p>{a} · {b}, <kbd>⌘</kbd></p>`],
    ['classes and roles', `<p className="mt-1 grid" role="status" data-tone={bad ? 'wrong' : 'fine'} />`],
    ['what is compared', `<p>{kind === 'error' && text.error}</p>`],
    ['what is looked up', `<p>{text['error']}{text.of('error')}</p>`],
    ['errors of programmers', `throw new TypeError('A mark needs an id')`],
    ['what the browser is told', `fetch(path, { headers: { 'Content-Type': 'application/json' } })`],
    ['keywords', `const words = new Set(['SELECT', 'ORDER BY'])`],
    ['lengths in a style', '<i style={{ width: `${n}px` }} />'],
    ['types', `type Tone = 'The end' | 'bad'`],
    ['modules', `import x from 'x y'`],
  ])('would not be: %s', (_name, code) => expect(literals('a.tsx', code)).toEqual([]))
})
