import { useEffect, type ReactNode } from 'react'
import { partOf, usePart } from '@/lib/part'
import type { ToolPart } from '@/wire/wire.gen'
import type { EditButton, RerunPanel } from './rerun'
import type { TryAgain } from './try-again'

type Rerun = { EditButton: typeof EditButton; RerunPanel: typeof RerunPanel; TryAgain: typeof TryAgain }

/** What runs a call again; null if it cannot be had. */
const rerun = partOf<Rerun | null>(() => import('./rerun'), null)

function useRerun() {
  useEffect(() => void rerun.load(), [])
  return usePart(rerun)
}

/** EditAndRun begins to edit a call, where that may be run again. */
export function EditAndRun({ part }: { part: ToolPart }) {
  const has = useRerun()
  return has && <has.EditButton part={part} />
}

/** TryOr tries a failed call once more, where that may mend it; elsewhere there is what is given instead. */
export function TryOr({ part, children }: { part: ToolPart; children: ReactNode }) {
  const has = useRerun()
  if (has === undefined) return null
  return has ? <has.TryAgain part={part}>{children}</has.TryAgain> : children
}

/** Rerunnable shows what a call was asked; while it is edited, the editor in its place; and below, the person’s own runs. */
export function Rerunnable({
  part,
  number,
  children,
}: {
  part: ToolPart
  number: number
  children?: ReactNode
}) {
  const has = useRerun()
  return has ? (
    <has.RerunPanel part={part} number={number}>
      {children}
    </has.RerunPanel>
  ) : (
    children
  )
}
