import type { ReactNode } from 'react'
import { Card } from './ui/Card'

interface SectionProps {
  title: string
  /** What it is about, under the title. */
  about?: ReactNode
  action?: ReactNode
  children?: ReactNode
}

/** A part of a settings page. */
export function Section({ title, about, action, children }: SectionProps) {
  return (
    <Card title={title} action={action}>
      <div className="px-4 pb-4">
        {about && <p className="max-w-2xl text-13 text-text-2">{about}</p>}
        {children && <div className={about ? 'mt-4' : 'mt-1'}>{children}</div>}
      </div>
    </Card>
  )
}

/** Names and values side by side. */
export function Facts({ facts }: { facts: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2 text-13">
      {facts.map(([label, value]) => (
        <div key={label} className="min-w-0">
          <dt className="text-12 text-text-3">{label}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
