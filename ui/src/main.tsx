import { startTransition, StrictMode } from 'react'
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
const router = newRouter(client)
const page = createRoot(root)
/** Draws the page in small pieces, so that what a person does in between, on a slow machine, goes first. */
const draw = () =>
  startTransition(() =>
    page.render(
      <StrictMode>
        <App client={client} router={router} />
      </StrictMode>,
    ),
  )
// With its first match the router would draw all of it at once.
void router.load().then(draw, draw)
