import { memo, use, useId, useMemo, useState, type ComponentProps, type ReactNode } from 'react'
import ReactMarkdown, { type Components, type ExtraProps } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { linkTarget } from '@/lib/url'
import { strings } from '@/strings/thread'
import { blockReader, topLevel, type Block as BlockRead } from './blocks'
import { CodeBlock } from '../panel/code-block'
import { placeOf } from '../state/files'
import { isSandbox, keptAt, KeptContext } from '../state/kept'
import { MarkView } from '../marks/mark-view'
import { Notes, Telling } from '../marks/notes'
import { OutsideLink } from '../links/outside-link'
import { ScrollRegion } from '@/ui/scroll-region'
import { showHtml } from './show-html'
import { showMarks } from '../marks/show-marks'
import '../panel/panel.css'

const plugins = [remarkGfm, showHtml, showMarks]

/**
 * Markdown draws an answer's text. It comes from a model that reads what others
 * wrote, so nothing in it may reach out: no HTML, no images, links to the web, to
 * mail and to files that were kept of this answer alone; tags stand there as words. Blocks that are complete are not drawn again while text streams.
 */
export function Markdown({ text, streaming }: { text: string; streaming: boolean }) {
  const [read] = useState(blockReader)
  const blocks = useMemo(() => read(text, streaming), [read, text, streaming])
  const top = topLevel(blocks.map(({ source }) => source))
  // oxlint-disable-next-line react/no-array-index-key -- blocks are only ever added at the end
  return blocks.map((block, i) => <Block key={i} {...block} top={top} />)
}

const Block = memo(function Block({ source, defined, top }: BlockRead & { top: number }) {
  const id = useId()
  // The heading of the notes is as high as the highest that the answer has.
  const toHtml = useMemo(() => ({ clobberPrefix: `${id}-`, footnoteLabelTagName: `h${top}` }), [id, top])
  return (
    <div className="block">
      <Telling source={source}>
        <ReactMarkdown
          remarkPlugins={plugins}
          remarkRehypeOptions={toHtml}
          components={componentsFrom[top - 1] ?? components}
          urlTransform={(url) => (isSandbox(url) ? url : (linkTarget(url) ?? ''))}
        >
          {defined === '' ? source : `${defined}\n\n${source}`}
        </ReactMarkdown>
      </Telling>
      <Notes source={source} />
    </div>
  )
})

function Link({ href, children }: { href?: string | undefined; children?: ReactNode }) {
  const file = keptAt(href ?? '', use(KeptContext))
  const safe = linkTarget(href)
  if (file) {
    return (
      <a href={placeOf(file)} download={file.filename}>
        {children}
      </a>
    )
  }
  return safe === undefined ? <span>{children}</span> : <OutsideLink href={safe}>{children}</OutsideLink>
}

/** A list's check mark as text: a form control that nobody can use is no content. */
function Check({ type, checked }: ComponentProps<'input'>) {
  if (type !== 'checkbox') return null
  return (
    <span className="check">
      <span aria-hidden="true">{checked ? '☑' : '☐'}</span>
      <span className="sr-only">{checked ? strings.taskDone : strings.taskOpen}</span>
    </span>
  )
}

/** A cell of more characters may be broken into lines; a shorter one keeps its words whole. */
const shortCell = 12

type Content = NonNullable<ExtraProps['node']>['children'][number]

function lengthOf(node: Content): number {
  if (node.type === 'text') return node.value.length
  return node.type === 'element' ? node.children.reduce((sum, child) => sum + lengthOf(child), 0) : 0
}

const components: Components = {
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  img: ({ src, alt }) => {
    const href = typeof src === 'string' ? src : undefined
    return <Link href={href}>{alt === undefined || alt === '' ? href : alt}</Link>
  },
  input: Check,
  pre: ({ node, children }) => {
    const code = node?.children[0]
    if (code?.type !== 'element') return <pre>{children}</pre>
    const classes = code.properties['className']
    const named = Array.isArray(classes) ? classes.find((c) => String(c).startsWith('language-')) : undefined
    const text = code.children.map((c) => (c.type === 'text' ? c.value : '')).join('')
    return (
      <CodeBlock code={text.replace(/\n$/, '')} language={String(named ?? '').slice('language-'.length)} />
    )
  },
  data: ({ node, children }) => <MarkView id={String(node?.properties['dataMark'])}>{children}</MarkView>,
  td: ({ node, style, children }) => (
    <td style={style} className={node && lengthOf(node) > shortCell ? 'long' : undefined}>
      {children}
    </td>
  ),
  table: ({ children }) => (
    <ScrollRegion className="tablewrap" aria-label={strings.tableInAnswer}>
      <table>{children}</table>
    </ScrollRegion>
  ),
}

/**
 * The page's title is its h1 and the question an h2, so the highest heading of an
 * answer, whatever its author made it, is an h3.
 */
const componentsFrom = [1, 2, 3, 4, 5, 6].map((top): Components => {
  const heading = (level: number) => {
    const Heading = (['h3', 'h4', 'h5', 'h6'] as const)[Math.max(0, level - top)] ?? 'h6'
    return ({ children }: { children?: ReactNode }) => <Heading>{children}</Heading>
  }
  return {
    ...components,
    h1: heading(1),
    h2: heading(2),
    h3: heading(3),
    h4: heading(4),
    h5: heading(5),
    h6: heading(6),
  }
})
