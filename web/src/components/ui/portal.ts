import { createContext, use } from 'react'

/** Where menus are put when they are opened inside a dialog, which hides the rest of the page. */
export const PortalContainer = createContext<HTMLElement | null>(null)

/** The landmark that an opened menu belongs to. */
export const usePortalContainer = (): HTMLElement | null => use(PortalContainer) ?? document.getElementById('main')
