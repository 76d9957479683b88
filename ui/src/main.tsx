import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { newQueryClient } from '@/lib/query'
import { followTheme } from '@/lib/theme'
import { App, newRouter } from './app'
import './styles/app.css'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

followTheme()
createRoot(root).render(
  <StrictMode>
    <App client={newQueryClient()} router={newRouter()} />
  </StrictMode>,
)
