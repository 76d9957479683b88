import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { problemOf } from '@/lib/api'
import { formatSize } from '@/lib/format'
import { attachText } from '@/strings/composer-attach'
import { Button } from '@/ui/button'
import { FileChip } from '@/ui/file-chip'
import { Ring } from '@/ui/ring'
import { TextBody, TextDialog } from '@/ui/text-dialog'
import { bytesOf, linesOf, sizeOf, type Attached } from './attachment'
import { resourceQuery } from './resources'

/** AttachmentBar shows what goes with the question as chips that open it. */
export function AttachmentBar({
  items,
  onRemove,
  onIntoText,
  toField,
}: {
  items: readonly Attached[]
  onRemove: (id: string) => void
  onIntoText: (one: Attached & { kind: 'text' }) => void
  /** Moves the focus on, when the chip that had it goes. */
  toField: () => void
}) {
  const [openId, setOpenId] = useState<string>()
  const list = useRef<HTMLUListElement>(null)
  const open = items.find((one) => one.id === openId)
  const remove = (id: string) => {
    const place = items.findIndex((one) => one.id === id)
    setOpenId(undefined)
    onRemove(id)
    // The chip that takes its place has the focus next, so that several can go in a row.
    if (items.length > 1) {
      const next = list.current?.children[place === items.length - 1 ? place - 1 : place + 1]
      next?.querySelector('button')?.focus()
    } else toField()
  }
  return (
    <>
      <ul ref={list} aria-label={attachText.list} className="flex flex-wrap gap-1.5 px-3 pt-3">
        {items.map((one) => {
          const name = one.kind === 'resource' ? attachText.of(one.serverName, one.name) : one.name
          return (
            <li key={one.id} className="max-w-full min-w-0">
              <FileChip
                icon={one.kind === 'resource' ? 'book' : 'file'}
                name={name}
                {...(one.kind === 'text' && {
                  detail: attachText.measure(sizeOf(one.text), linesOf(one.text)),
                })}
                openLabel={attachText.open(name)}
                onOpen={() => setOpenId(one.id)}
                removeLabel={attachText.remove(name)}
                onRemove={() => remove(one.id)}
              />
            </li>
          )
        })}
      </ul>
      {open?.kind === 'text' && (
        <TextDialog
          title={open.name}
          about={attachText.measure(sizeOf(open.text), linesOf(open.text))}
          closeLabel={attachText.close}
          onClose={() => setOpenId(undefined)}
          actions={
            <>
              <Button
                size="sm"
                onClick={() => {
                  setOpenId(undefined)
                  onIntoText(open)
                }}
              >
                {attachText.intoText}
              </Button>
              <Button size="sm" variant="quiet" onClick={() => remove(open.id)}>
                {attachText.removeIt}
              </Button>
            </>
          }
        >
          <TextBody text={open.text} label={open.name} />
        </TextDialog>
      )}
      {open?.kind === 'resource' && (
        <TextDialog
          title={attachText.of(open.serverName, open.name)}
          about={`${open.uri} · ${attachText.asItIs}`}
          closeLabel={attachText.close}
          onClose={() => setOpenId(undefined)}
          actions={
            <Button size="sm" variant="quiet" onClick={() => remove(open.id)}>
              {attachText.removeIt}
            </Button>
          }
        >
          <ResourceBody one={open} />
        </TextDialog>
      )}
    </>
  )
}

function ResourceBody({ one }: { one: Attached & { kind: 'resource' } }) {
  const { data, error, refetch } = useQuery(resourceQuery(one.server, one.uri))
  if (error) {
    return (
      <div role="alert" className="flex flex-wrap items-center gap-3 px-4 py-4">
        <p className="min-w-0 flex-1 text-pretty text-danger">{problemOf(error).detail}</p>
        <Button size="sm" onClick={() => void refetch()}>
          {attachText.retry}
        </Button>
      </div>
    )
  }
  if (!data) {
    return (
      <p role="status" className="flex items-center gap-2 px-4 py-6 text-ink-2">
        <Ring />
        {attachText.reading}
      </p>
    )
  }
  const shown = bytesOf(data.text)
  return (
    <>
      {shown < data.size && (
        <p className="px-4 pt-3 text-warn">{attachText.cut(formatSize(shown), formatSize(data.size))}</p>
      )}
      <TextBody text={data.text} label={one.name} />
    </>
  )
}
