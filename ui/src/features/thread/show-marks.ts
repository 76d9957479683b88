import { markPattern } from './sources'

/** What showMarks knows of a node of a Markdown tree. */
interface Node {
  type: string
  value?: string
  url?: string
  children?: Node[]
  data?: { hName: string; hProperties: { dataSource: string } }
}

/** A link may not hold another one, nor code anything: a mark in them stands after them. */
const closed = new Set(['link', 'linkReference', 'inlineCode', 'image'])

/** A remark plugin that draws the marks of sources, as withMarks put them into a text, as raised numbers. */
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
    if (closed.has(node.type)) return [node, ...take(node).map(mark)]
    draw(node)
    return [node]
  })
}

function pieces(text: string): Node[] {
  const nodes: Node[] = []
  let end = 0
  for (const match of text.matchAll(markPattern)) {
    if (match.index > end) nodes.push({ type: 'text', value: text.slice(end, match.index) })
    end = match.index + match[0].length
    nodes.push(mark(match[1] ?? ''))
  }
  if (end < text.length || nodes.length === 0) nodes.push({ type: 'text', value: text.slice(end) })
  return nodes
}

/** Takes the marks out of a node and of all that is in it, and returns their numbers. */
function take(node: Node): string[] {
  const found: string[] = []
  const without = (text: string) =>
    text.replaceAll(markPattern, (_mark, number: string) => {
      found.push(number)
      return ''
    })
  if (node.url !== undefined) node.url = without(node.url)
  if (node.value !== undefined) node.value = without(node.value)
  for (const child of node.children ?? []) found.push(...take(child))
  return [...new Set(found)]
}

function mark(number: string): Node {
  return { type: 'mark', children: [], data: { hName: 'sup', hProperties: { dataSource: number } } }
}
