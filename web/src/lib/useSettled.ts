import { useEffect, useState } from 'react'

/** How long a value must stay as it is before the server is asked about it. */
const PAUSE_MS = 400

/** A value once it has not changed for a while. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
