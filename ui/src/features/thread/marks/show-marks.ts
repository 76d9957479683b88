import { markPattern, withoutMarks, wordsOf } from './marks'

/** What showMarks knows of a node of a Markdown tree. */
interface Node {
  type: string
  value?: string
  url?: string
  children?: Node[]
  data?: { hName: string; hProperties: { dataMark: string } }
}

/** A link may not hold another one, nor code anything: a source's mark in them stands after them. */
const closed = new Set(['link', 'linkReference', 'inlineCode', 'image'])

/**
 * A remark plugin that makes elements of the marks that withMarks put into a text. Where
 * a link cannot stand, figures and citations are the words that they were.
 */
export function showMarks() {
  return (root: Node) => draw(root)
}

function draw(parent: Node) {
  if (!parent.children) return
  parent.children = parent.children.flatMap((node) => {
    if (node.type === 'text') return pieces(node.value ?? '')
    if (node.type === 'code' || node.type === 'html') {
      take(node)
      return [node]
    }
    if (closed.has(node.type)) return [node, ...take(node).map((id) => mark(id, ''))]
    draw(node)
    return [node]
  })
}

function pieces(text: string): Node[] {
  const nodes: Node[] = []
  let end = 0
  const plain = (words: string) => {
    if (words !== '') nodes.push({ type: 'text', value: withoutMarks(words) })
  }
  for (const match of text.matchAll(markPattern)) {
    plain(text.slice(end, match.index))
    end = match.index + match[0].length
    nodes.push(mark(match[1] ?? '', wordsOf(match[2] ?? '')))
  }
  if (end < text.length || nodes.length === 0) plain(text.slice(end))
  return nodes
}

/** Takes the marks out of a node and of all that is in it, and returns the ids of those of sources. */
function take(node: Node): string[] {
  const found: string[] = []
  const without = (text: string) => {
    for (const [, id = ''] of text.matchAll(markPattern)) if (id.startsWith('s')) found.push(id)
    return withoutMarks(text)
  }
  if (node.url !== undefined) node.url = without(node.url)
  if (node.value !== undefined) node.value = without(node.value)
  for (const child of node.children ?? []) found.push(...take(child))
  return [...new Set(found)]
}

function mark(id: string, words: string): Node {
  return {
    type: 'mark',
    children: words === '' ? [] : [{ type: 'text', value: words }],
    data: { hName: 'data', hProperties: { dataMark: id } },
  }
}
