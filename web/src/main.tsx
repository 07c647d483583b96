// First: it takes what must not stay in the address before the router reads it.
import './lib/arrival'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { preloadPage } from './app/router'
import { start } from './app/tenants'
import { followPreferences } from './lib/preferences'
import './styles.css'

followPreferences()
void start()
preloadPage()

const container = document.getElementById('root')
if (!container) throw new Error('index.html has no #root')
createRoot(container).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
