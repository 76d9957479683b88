import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, Outlet } from '@tanstack/react-router'
import { NoPage, PageCrashed } from './-shell/lost'
import { Shell } from './-shell/shell'

export const Route = createRootRouteWithContext<{ client: QueryClient }>()({
  component: () => (
    <Shell>
      <Outlet />
    </Shell>
  ),
  notFoundComponent: () => <NoPage />,
  errorComponent: ({ error }) => <PageCrashed error={error} />,
})
