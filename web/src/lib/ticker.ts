import { useMemo, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => listeners.forEach((notify) => notify()), 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/**
 * A value that depends on the present time, derived again every second. The component renders
 * again only when the value differs, so a thousand "3 h ago" cost nothing.
 */
export function useEverySecond<T extends string | number | boolean>(derive: (now: Date) => T): T {
  const read = () => derive(new Date())
  return useSyncExternalStore(subscribe, read)
}

/** This day's beginning. Another day begins while a page is open. */
export function useToday(): Date {
  const day = useEverySecond((now) => new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime())
  return useMemo(() => new Date(day), [day])
}
