import { createContext } from 'react'

/** Where menus are put when they are opened inside a dialog, which hides the rest of the page. */
export const PortalContainer = createContext<HTMLElement | null>(null)
