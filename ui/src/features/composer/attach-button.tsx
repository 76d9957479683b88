import { lazy, Suspense, useRef, useState } from 'react'
import { attachText } from '@/strings/composer-attach'
import { IconButton } from '@/ui/icon-button'
import { Popover, PopoverContent, PopoverTrigger } from '@/ui/popover'
import type { Source } from './resources'
import { textFiles } from './text-file'
import type { Attachments } from './use-attachments'

const AttachPanel = lazy(() => import('./attach-panel').then((m) => ({ default: m.AttachPanel })))

/** AttachButton opens what can go with the question. */
export function AttachButton({
  sources,
  attachments,
  toField,
}: {
  sources: readonly Source[]
  attachments: Attachments
  toField: () => void
}) {
  const [open, setOpen] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <>
      <Popover open={open} onOpenChange={setOpen}>
        <PopoverTrigger asChild>
          <IconButton icon="paperclip" label={attachText.attach} hint={attachText.attachHint} on={open} />
        </PopoverTrigger>
        <PopoverContent
          align="start"
          className="w-84 max-h-[min(60dvh,var(--radix-popover-content-available-height))]!"
          aria-label={attachText.attachHint}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            toField()
          }}
        >
          <Suspense>
            <AttachPanel
              sources={sources}
              onFile={() => {
                setOpen(false)
                chooser.current?.click()
              }}
              onAttach={(one) => {
                setOpen(false)
                attachments.add(one)
              }}
            />
          </Suspense>
        </PopoverContent>
      </Popover>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        accept={textFiles}
        aria-label={attachText.file}
        onChange={(event) => {
          void attachments.addFiles([...(event.target.files ?? [])])
          event.target.value = ''
          toField()
        }}
      />
    </>
  )
}
