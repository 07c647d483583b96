import type { ReactNode } from 'react'
import { Card } from '@/components/ui/Card'

interface SaidProps {
  title: string
  /** What is switched off says nothing for now. */
  isOn?: boolean
  children: ReactNode
}

/** What a thing says, in a sentence that is read before all else. */
export function Said({ title, isOn = true, children }: SaidProps) {
  return (
    <Card title={title}>
      <p className={`px-4 pt-1 pb-4 text-16 wrap-anywhere md:text-20 ${isOn ? '' : 'text-text-3'}`}>{children}</p>
    </Card>
  )
}
