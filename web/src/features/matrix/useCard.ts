import { useCallback, useEffect, useRef, useState } from 'react'

export interface At {
  row: number
  column: number
}

/** On its way over other places the pointer shows none of their cards. */
const OPEN_MS = 150
/** And has as long to reach a card as a hand needs. */
const CLOSE_MS = 250

/** Whose card is shown: of what is pointed at, or has the focus. */
export function useCard() {
  const [card, setCard] = useState<At>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const stop = useCallback(() => clearTimeout(timer.current), [])
  useEffect(() => stop, [stop])
  const show = useCallback((at: At | undefined) => {
    stop()
    setCard(at)
  }, [stop])
  const soon = useCallback((at: At | undefined) => {
    stop()
    timer.current = setTimeout(() => setCard(at), at ? OPEN_MS : CLOSE_MS)
  }, [stop])
  return { card, show, soon, stop }
}
