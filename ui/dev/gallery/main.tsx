// First, as it says in which order the layers of all others count.
import '../../src/styles/app.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { newQueryClient } from '../../src/lib/query.ts'
import { followTheme } from '../../src/lib/theme.ts'
import { ToastProvider } from '../../src/ui/toast.tsx'
import { TooltipProvider } from '../../src/ui/tooltip.tsx'
import { Gallery } from './gallery.tsx'
import './gallery.css'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
followTheme()
createRoot(root).render(
  <QueryClientProvider client={newQueryClient()}>
    <TooltipProvider>
      <ToastProvider>
        <Gallery />
      </ToastProvider>
    </TooltipProvider>
  </QueryClientProvider>,
)
