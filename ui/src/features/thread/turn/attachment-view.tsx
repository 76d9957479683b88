import { formatSize } from '@/lib/format'
import { strings } from '@/strings/thread'
import { CopyButton } from '@/ui/copy-button'
import { TextBody, TextDialog } from '@/ui/text-dialog'
import type { AttachmentPart } from '@/wire/wire.gen'
import { attachmentName } from './question-attachments'

/** AttachmentView shows the text of an attachment, and where it is from. */
export function AttachmentView({ part, onClose }: { part: AttachmentPart; onClose: () => void }) {
  const { text, mediaType, uri } = part
  const size = formatSize(new TextEncoder().encode(text).length)
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  return (
    <TextDialog
      title={attachmentName(part)}
      about={[
        ...(uri === undefined ? [] : [strings.asItWas(uri)]),
        strings.textOf(mediaType, size, lines),
      ].join(' · ')}
      closeLabel={strings.closeAttached}
      onClose={onClose}
      actions={
        <CopyButton text={text} words={strings.copyAttached} variant="outline">
          {strings.copyAttached.copy}
        </CopyButton>
      }
    >
      <TextBody text={text} label={part.filename} />
    </TextDialog>
  )
}
