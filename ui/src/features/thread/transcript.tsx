import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import { strings } from '@/strings/thread'
import { Button } from '@/ui/button'
import { Icon } from '@/ui/icon'
import type { Me, ModelInfo } from '@/wire/wire.gen'
import { Announcer } from './announcer'
import { CallsContext } from './marks/calls'
import { dayOf } from './state/day'
import { DeskContext, type Desk } from './state/desk'
import { turnsInWindow } from './state/first-window'
import { Notice } from './turn/notices'
import { recallPlace, rememberPlace } from './place-memory'
import { CitedContext, PointerContext } from './rows/pointer'
import { ReaderContext, useReaderOf } from './state/reader'
import { totalOf } from './receipt/receipt'
import { ScrollRegion } from '@/ui/scroll-region'
import { branches } from './state/tree'
import { TurnView } from './turn/turn-view'
import { turnsOf } from './state/turns'
import { useEvidence } from './marks/use-evidence'
import { useStick } from './use-stick'
import { useTurnActions } from './use-turn-actions'
import { useTarget, type Target } from './use-target'
import { useToday } from './state/use-today'
import type { ThreadState } from './state/use-thread'
import './thread.css'

/** Turns that are drawn at first, and more each time older ones are asked for. */
const pageOfTurns = 30

const nowhere = () => null

/** What Transcript takes; without the optional ones it shows less, and offers less. */
export interface TranscriptProps {
  thread: ThreadState
  me?: Me | undefined
  models?: readonly ModelInfo[] | undefined
  onOpenServers?: () => void
  connectTo?: Desk['connectTo']
  onOpenModels?: () => void
  onNewThread?: () => void
  /** Moves the focus on, when the control that had it goes because something was asked. */
  toComposer?: () => void
  /** Called when the end of the thread comes into view, or goes out of it. */
  onAtEnd?: (atEnd: boolean) => void
  /** A message that is to be shown, wherever it is in the thread. */
  target?: Target | undefined
}

/**
 * Transcript is the whole column of a thread: its turns, what can be done with
 * them, and the scroller that holds them. It fills the height that it is given.
 */
export function Transcript({
  thread,
  me,
  models,
  onOpenServers,
  connectTo = nowhere,
  onOpenModels,
  onNewThread,
  toComposer,
  onAtEnd,
  target,
}: TranscriptProps) {
  const { path, detail, live, running, waiting, connection } = thread
  const { decide, reply, renew, stopCall } = thread
  const reader = useReaderOf(me, models)
  const turns = useMemo(() => turnsOf(path), [path])
  const threadId = detail?.thread.id ?? ''
  // A thread is read on where it was left, unless there is something new coming at its end.
  const [left] = useState(() => {
    const place = running ? undefined : recallPlace(threadId)
    const turn = turns.findIndex(({ key }) => key === place?.turn)
    if (!place || turn < 0) return undefined
    return { ...place, pages: Math.max(place.pages, Math.ceil((turns.length - turn) / pageOfTurns)) }
  })
  const [pages, setPages] = useState(left?.pages ?? 1)
  const stick = useStick(left, (spot) => rememberPlace(threadId, spot && { ...spot, pages }))
  const { scroller, content, atEnd, toEnd, release, keepingPlace } = stick
  useEffect(() => onAtEnd?.(atEnd), [atEnd, onAtEnd])
  const siblings = useMemo(() => branches(detail?.messages ?? []), [detail])
  const total = useMemo(() => totalOf(detail?.messages ?? []), [detail])
  // Who reads on somewhere in the thread sees that place first; else the end is drawn before the rest.
  const [inWindow] = useState(() => (left ? pageOfTurns : turnsInWindow(turns, window.innerHeight)))
  const firstPage = useDeferredValue(pageOfTurns, inWindow)
  const hidden = Math.max(0, turns.length - (firstPage + (pages - 1) * pageOfTurns))
  const now = useToday()
  const { pointer, callOf, cited } = useEvidence(path)

  const showFrom = useCallback(
    (turn: number) => setPages(Math.ceil((turns.length - turn) / pageOfTurns)),
    [turns],
  )
  const found = useTarget(target, turns, hidden, showFrom, stick)
  // What is cited may stand further up than what is drawn.
  useEffect(
    () =>
      pointer.subscribe(() => {
        const call = pointer.sought?.place.call
        if (call === undefined) return
        const holder = turns.findLastIndex(({ answers }) => answers.some((a) => a.callsBefore < call))
        if (holder >= 0 && holder < hidden) showFrom(holder)
      }),
    [pointer, turns, hidden, showFrom],
  )

  /** Has the scroller take the focus of a button that has gone. */
  const keepFocus = () => {
    if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true })
  }
  const { actions, problem, dismiss } = useTurnActions(
    thread,
    { newThread: onNewThread, openServers: onOpenServers, openModels: onOpenModels },
    toComposer,
    toEnd,
  )
  const desk = useMemo<Desk>(
    () => ({ threadId, decide, reply, renew, stopCall, connectTo, openServers: onOpenServers }),
    [threadId, decide, reply, renew, stopCall, connectTo, onOpenServers],
  )

  return (
    <ReaderContext value={reader}>
      <DeskContext value={desk}>
        <PointerContext value={pointer}>
          <CallsContext value={callOf}>
            <CitedContext value={cited}>
              <div className="transcript">
                <ScrollRegion
                  ref={scroller}
                  className="transcript__scroll"
                  role="log"
                  aria-live="off"
                  aria-label={strings.thread}
                  onClickCapture={(e) => {
                    if (e.target instanceof Element && e.target.closest('button, .prose a')) release()
                  }}
                >
                  <div ref={content} className="thread">
                    {hidden > 0 && (
                      <Button
                        variant="quiet"
                        size="sm"
                        className="thread__older"
                        onClick={() => {
                          keepingPlace(() => setPages(pages + 1))
                          keepFocus()
                        }}
                      >
                        <Icon name="arrowUp" size="sm" />
                        {strings.showEarlier(hidden)}
                      </Button>
                    )}
                    {turns.slice(hidden).map((turn, i, shown) => {
                      const { question, answers } = turn
                      const last = answers.at(-1)?.message
                      const first = question ?? answers[0]?.message
                      const day = first && dayOf(first.createdAt, now)
                      const before = shown[i - 1]
                      const dayBefore = before?.question && dayOf(before.question.createdAt, now)
                      return (
                        <TurnView
                          key={turn.key}
                          turn={turn}
                          found={turn.key === found ? target?.visit : undefined}
                          day={day === dayBefore ? undefined : day}
                          siblings={siblings}
                          leaf={i === shown.length - 1}
                          live={last?.status === 'running' && live?.runId === last.runId ? live : undefined}
                          connection={connection}
                          actions={actions}
                        />
                      )
                    })}
                    {total.length > 0 && !running && <p className="aside num">{strings.inThread(total)}</p>}
                    {problem !== undefined && (
                      <Notice icon="warning" tone="bad" title={problem}>
                        <Button
                          variant="quiet"
                          size="sm"
                          onClick={() => {
                            toComposer?.()
                            dismiss()
                          }}
                        >
                          {strings.dismiss}
                        </Button>
                      </Notice>
                    )}
                  </div>
                </ScrollRegion>
                {!atEnd && (
                  <Button
                    size="sm"
                    className="transcript__jump rounded-full!"
                    title={strings.latest}
                    onClick={() => {
                      flushSync(toEnd)
                      keepFocus()
                    }}
                  >
                    <Icon name="arrowDown" size="sm" />
                    <span>{strings.latest}</span>
                  </Button>
                )}
                <Announcer running={running} waiting={waiting} connection={connection} last={path.at(-1)} />
              </div>
            </CitedContext>
          </CallsContext>
        </PointerContext>
      </DeskContext>
    </ReaderContext>
  )
}
