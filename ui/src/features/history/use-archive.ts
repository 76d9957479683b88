import { text } from '@/strings/history'
import { useToast } from '@/ui/toast'
import { usePatchThread } from './use-patch-thread'

/** useArchive returns a function that puts a thread into the archive, or back. A toast offers to undo it. */
export function useArchive(): (thread: { id: string; title: string }, archived: boolean) => void {
  const patch = usePatchThread(text.archiveFailed)
  const toast = useToast()
  return ({ id, title }, archived) => {
    patch(id, { archived })
    toast({
      text: (archived ? text.archivedNow : text.unarchivedNow)(title),
      action: { label: text.undo, run: () => patch(id, { archived: !archived }) },
    })
  }
}
