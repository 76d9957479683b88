import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { noteReturn } from '@/features/servers/connecting'
import { reloadIfOutdated } from '@/lib/outdated'
import { newQueryClient } from '@/lib/query'
import { followTheme } from '@/lib/theme'
import { App, newRouter } from './app'
import './styles/app.css'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

addEventListener('vite:preloadError', () => void reloadIfOutdated(() => location.reload()))

followTheme()
noteReturn()
const client = newQueryClient()
createRoot(root).render(
  <StrictMode>
    <App client={client} router={newRouter(client)} />
  </StrictMode>,
)
