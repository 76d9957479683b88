import { lazy, Suspense, useState } from 'react'
import { strings } from '@/strings/thread'
import { FileChip } from '@/ui/file-chip'
import type { AttachmentPart } from '@/wire/wire.gen'

const AttachmentView = lazy(() => import('./attachment-view').then((m) => ({ default: m.AttachmentView })))

/** QuestionAttachments shows what goes with a question, as chips that open its text. */
export function QuestionAttachments({ parts }: { parts: readonly AttachmentPart[] }) {
  const [openId, setOpenId] = useState<string>()
  const open = parts.find((part) => part.id === openId)
  return (
    <>
      <ul className="ask__files" aria-label={strings.attached}>
        {parts.map((part) => {
          const name = attachmentName(part)
          return (
            <li key={part.id}>
              <FileChip
                icon={part.server === undefined ? 'file' : 'book'}
                name={name}
                openLabel={strings.openAttached(name)}
                onOpen={() => setOpenId(part.id)}
              />
            </li>
          )
        })}
      </ul>
      {open && (
        <Suspense>
          <AttachmentView part={open} onClose={() => setOpenId(undefined)} />
        </Suspense>
      )}
    </>
  )
}

/** What an attachment is called, with the server whose resource it is. */
export function attachmentName({ filename, server, serverName }: AttachmentPart): string {
  return server === undefined ? filename : strings.ofServer(serverName ?? server, filename)
}
