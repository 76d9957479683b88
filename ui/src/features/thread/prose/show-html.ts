/** What showHtml knows of a node of a Markdown tree. */
interface Node {
  type: string
  value?: string
  children?: Node[]
  data?: { hProperties: { className: string[] }; hChildren: Node[] }
}

/** Nodes whose children are blocks, not words. */
const holdsBlocks = new Set(['root', 'blockquote', 'listItem', 'footnoteDefinition'])

/**
 * A remark plugin by which HTML in a text stands there as the author typed it, as
 * words, so that an answer about HTML loses none. Of a table's cell a `<br>` between
 * words breaks the line, since Markdown has no other way to say so.
 */
export function showHtml() {
  return (root: Node) => mend(root)
}

function mend(parent: Node) {
  const { children } = parent
  if (!children) return
  parent.children = children.map((node, i) => {
    if (node.type !== 'html') {
      mend(node)
      return node
    }
    const value = node.value ?? ''
    const between = i > 0 && i < children.length - 1
    if (parent.type === 'tableCell' && between && /^<br *\/?>$/i.test(value)) return { type: 'break' }
    const words = { type: 'text', value }
    if (!holdsBlocks.has(parent.type)) return words
    // Its children are given as they are to be, since the lines of a paragraph lose their indent.
    return {
      type: 'paragraph',
      children: [words],
      data: { hProperties: { className: ['plain'] }, hChildren: [words] },
    }
  })
}
