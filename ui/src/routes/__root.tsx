import { createRootRoute, Outlet } from '@tanstack/react-router'
import { NoPage, PageCrashed } from './-shell/lost'
import { Shell } from './-shell/shell'

export const Route = createRootRoute({
  component: () => (
    <Shell>
      <Outlet />
    </Shell>
  ),
  notFoundComponent: () => <NoPage />,
  errorComponent: ({ error }) => <PageCrashed error={error} />,
})
