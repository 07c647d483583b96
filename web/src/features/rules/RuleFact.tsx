import type { ReactNode } from 'react'

/** A line of what is known of a rule. */
export function RuleFact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-2 text-14 sm:grid-cols-[8rem_1fr]">
      <dt className="text-text-3">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  )
}
