import { api } from '@/lib/api'
import { chosenOf } from '@/lib/settings'
import type { Attachment, RunRequest, RunStarted, Settings, ThreadSummary } from '@/wire/wire.gen'

/**
 * startThread creates a thread with its settings and asks the first question in it.
 * If that fails, the empty thread is removed again, and the promise rejects with the
 * ApiError. It returns the thread's id.
 */
export async function startThread(
  question: string,
  settings: Settings,
  attachments: Attachment[] = [],
): Promise<string> {
  const thread = await api.post<ThreadSummary>('/api/threads')
  const path = `/api/threads/${encodeURIComponent(thread.id)}`
  try {
    const chosen = chosenOf(settings)
    if (Object.keys(chosen).length > 0) await api.patch(path, { settings })
    const request: RunRequest = {
      text: question,
      ...(attachments.length > 0 && { attachments }),
      ...chosen,
    }
    await api.post<RunStarted>(`${path}/runs`, request)
    return thread.id
  } catch (error) {
    await api.del(path).catch(() => undefined)
    throw error
  }
}
