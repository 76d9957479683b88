import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { createRouter, RouterProvider, type RouterHistory } from '@tanstack/react-router'
import { RemovalProvider } from '@/features/history/removals'
import { AnnounceProvider } from '@/lib/announce'
import { TabsProvider } from '@/lib/tabs'
import { ToastProvider } from '@/ui/toast'
import { TooltipProvider } from '@/ui/tooltip'
import { routeTree } from './routeTree.gen'

/** newRouter returns the page's routes, which fetch into that cache; a test gives a history of its own. */
export function newRouter(client: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree,
    context: { client },
    defaultPreload: 'intent',
    ...(history ? { history } : {}),
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof newRouter>
  }
}

/** App is the whole page. */
export function App({ client, router }: { client: QueryClient; router: ReturnType<typeof newRouter> }) {
  return (
    <QueryClientProvider client={client}>
      <TabsProvider>
        <TooltipProvider>
          <ToastProvider>
            <RemovalProvider>
              <AnnounceProvider>
                <RouterProvider router={router} />
              </AnnounceProvider>
            </RemovalProvider>
          </ToastProvider>
        </TooltipProvider>
      </TabsProvider>
    </QueryClientProvider>
  )
}
