import { useEffect } from 'react'
import { create } from 'zustand'

/** What the page on screen is about, where its title is the same for many: an alert, a peer. */
export const usePageNameStore = create<{ name: string | undefined }>(() => ({ name: undefined }))

/** Names the window's tab while the component is on screen. */
export function usePageName(name: string | undefined): void {
  useEffect(() => {
    usePageNameStore.setState({ name })
    return () => usePageNameStore.setState({ name: undefined })
  }, [name])
}
