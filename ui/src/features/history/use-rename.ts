import { text } from '@/strings/history'
import { usePatchThread } from './use-patch-thread'

/** useRename returns a function that renames a thread, in every list at once. */
export function useRename(): (id: string, title: string) => void {
  const patch = usePatchThread(text.renameFailed)
  return (id, title) => patch(id, { title })
}
