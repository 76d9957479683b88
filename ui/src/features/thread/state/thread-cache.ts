import type { AttachmentPart, Message, RunStarted, ThreadDetail } from '@/wire/wire.gen'

/** What was asked: after which message, and with what words; none asks an old question anew. */
export interface Asked {
  parentId: string
  text: string | undefined
  /** What goes with it. */
  attached?: readonly AttachmentPart[]
}

/**
 * Returns the thread with a run just started: its question, unless that was there
 * before, and its answer, still empty. The server has stored the same.
 */
export function withRun(detail: ThreadDetail, asked: Asked, started: RunStarted, at: string): ThreadDetail {
  const fresh: Message[] = []
  if (asked.text !== undefined) {
    fresh.push({
      id: started.userMessageId,
      parentId: asked.parentId,
      role: 'user',
      parts: [
        { type: 'text', id: `${started.userMessageId}.text`, step: 0, text: asked.text, state: 'done' },
        ...(asked.attached ?? []),
      ],
      status: 'finished',
      createdAt: at,
    })
  }
  fresh.push({
    id: started.messageId,
    parentId: asked.text === undefined ? asked.parentId : started.userMessageId,
    role: 'assistant',
    parts: [],
    status: 'running',
    runId: started.runId,
    createdAt: at,
  })
  const known = new Set(detail.messages.map((m) => m.id))
  return {
    ...detail,
    thread: { ...detail.thread, activeRunId: started.runId, updatedAt: at },
    messages: [...detail.messages, ...fresh.filter((m) => !known.has(m.id))],
  }
}

/** Returns the thread with a run ended, and its message, if there is one, as it ended. */
export function withoutRun(detail: ThreadDetail, runId: string, message: Message | undefined): ThreadDetail {
  const { activeRunId, ...thread } = detail.thread
  return {
    ...detail,
    thread: activeRunId === undefined || activeRunId === runId ? thread : detail.thread,
    messages: message ? detail.messages.map((m) => (m.id === message.id ? message : m)) : detail.messages,
  }
}

/** Returns the thread under another title. */
export function withTitle(detail: ThreadDetail, title: string): ThreadDetail {
  return { ...detail, thread: { ...detail.thread, title } }
}
