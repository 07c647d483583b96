import type { ReactNode } from 'react'
import { UNKNOWN } from '@/lib/numbers'

interface FactProps {
  label: string
  mono?: boolean
  children: ReactNode
}

/** A line of a list of facts. */
export function Fact({ label, mono = false, children }: FactProps) {
  return (
    <div className="grid grid-cols-[7.5rem_minmax(0,1fr)] items-baseline gap-2 text-13">
      <dt className="text-text-3">{label}</dt>
      <dd className={mono ? 'font-mono text-12 leading-5 break-all' : 'wrap-anywhere'}>{children || UNKNOWN}</dd>
    </div>
  )
}
