import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { noteReturn } from '@/features/servers/connecting'
import { newQueryClient } from '@/lib/query'
import { followTheme } from '@/lib/theme'
import { App, newRouter } from './app'
import './styles/app.css'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

// After an update the parts of the older page are gone: load the new page, but not
// again and again should that not help.
addEventListener('vite:preloadError', () => {
  const last = Number(sessionStorage.getItem('reloaded') ?? 0)
  if (Date.now() - last < 60_000) return
  sessionStorage.setItem('reloaded', String(Date.now()))
  location.reload()
})

followTheme()
noteReturn()
createRoot(root).render(
  <StrictMode>
    <App client={newQueryClient()} router={newRouter()} />
  </StrictMode>,
)
