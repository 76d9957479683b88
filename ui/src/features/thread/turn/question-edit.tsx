import { useId, useState } from 'react'
import { problemOf } from '@/lib/api'
import { excess } from '@/lib/length'
import { strings } from '@/strings/thread'
import { Button } from '@/ui/button'
import { useReader } from '../state/reader'

/**
 * QuestionEdit is a question being worded anew. It stays until the question has been taken: what
 * was written is not lost, and what stood in the way is said in it.
 */
export function QuestionEdit({
  text,
  onCancel,
  onSend,
}: {
  text: string
  onCancel: () => void
  /** Resolves when the question is taken, rejects with an ApiError. Absent while nothing can be asked. */
  onSend: ((text: string) => Promise<void>) | undefined
}) {
  const { maxText } = useReader()
  const [draft, setDraft] = useState(text)
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<string>()
  const note = useId()
  const edited = draft.trim()
  const over = excess(edited, maxText)
  const ready = onSend !== undefined && !sending && edited !== '' && edited !== text && over === null
  const wrong = over === null ? problem : strings.editTooLong(over, maxText)

  const send = async () => {
    if (!ready) return
    setSending(true)
    setProblem(undefined)
    try {
      await onSend(edited)
    } catch (error) {
      setProblem(problemOf(error).detail)
      setSending(false)
    }
  }
  return (
    <form
      className="ask__edit"
      onSubmit={(e) => {
        e.preventDefault()
        void send()
      }}
    >
      <textarea
        aria-label={strings.yourQuestion}
        aria-describedby={note}
        aria-invalid={over !== null}
        value={draft}
        rows={2}
        readOnly={sending}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it appears because its button was pressed
        autoFocus
        onFocus={(e) => e.target.setSelectionRange(text.length, text.length)}
        onChange={(e) => setDraft(e.target.value)}
        onKeyDown={(e) => {
          if (e.key === 'Escape' && !sending) onCancel()
          if (e.key === 'Enter' && !e.shiftKey && !e.nativeEvent.isComposing && e.keyCode !== 229) {
            e.preventDefault()
            e.currentTarget.form?.requestSubmit()
          }
        }}
      />
      <p id={note} role="status" className="wrong">
        {wrong}
      </p>
      <div className="acts">
        <Button type="submit" variant="primary" size="sm" disabled={!ready}>
          {sending ? strings.sending : strings.askAgain}
        </Button>
        <Button variant="quiet" size="sm" onClick={onCancel} disabled={sending}>
          {strings.cancel}
        </Button>
        <span className="dim wide-only">{strings.editHint}</span>
      </div>
    </form>
  )
}
