import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useRemovals } from '@/features/history/removals'
import { meQuery, modelsQuery } from '@/lib/query'
import { useTheme } from '@/lib/theme'
import { actionsOf, modelsOf } from './commands'
import { useLayout, type OwnCommands } from './layout'

const Palette = lazy(() => import('@/features/palette/palette').then((m) => ({ default: m.Palette })))
const HelpSheet = lazy(() => import('@/features/palette/help-sheet').then((m) => ({ default: m.HelpSheet })))

/** What may lie over the page: the palette, with what the page lets it do, or the sheet of keys. */
export type Overlay = { name: 'palette'; own: OwnCommands | null } | { name: 'help' }

type OverlaysProps = {
  shown: Overlay | null
  onHelp: () => void
  /** Takes away what is shown; it is gone when this returns. */
  onClose: () => void
}

/** Overlays shows what lies over the page; its code comes with the first use. */
export function Overlays({ shown, onHelp, onClose }: OverlaysProps) {
  return (
    <Suspense>
      {shown?.name === 'help' && <HelpSheet onClose={onClose} />}
      {shown?.name === 'palette' && <Commands own={shown.own} onHelp={onHelp} onClose={onClose} />}
    </Suspense>
  )
}

function Commands({
  own,
  onHelp,
  onClose,
}: {
  own: OwnCommands | null
  onHelp: () => void
  onClose: () => void
}) {
  const layout = useLayout()
  const navigate = useNavigate()
  const { data: me } = useQuery(meQuery)
  const { data: models = [] } = useQuery(modelsQuery)
  const { hidden } = useRemovals()
  const theme = useTheme()
  return (
    <Palette
      actions={actionsOf({
        layout,
        me,
        theme,
        model: own === null ? null : { id: own.model, models },
        onHelp,
        onApprovals: () =>
          void navigate({ to: '/approvals' }).then(() => document.getElementById('main')?.focus()),
      })}
      models={own === null ? [] : modelsOf(models, own)}
      hidden={hidden}
      onThread={(threadId) => void navigate({ to: '/t/$threadId', params: { threadId } })}
      onHelp={onHelp}
      onClose={onClose}
    />
  )
}
