import { CircleCheck, CircleSlash } from 'lucide-react'
import type { Column } from '@/components/list/columns'
import { Mark } from '@/components/ui/Badge'
import { texts } from './texts'

const STATES = [
  { value: 'true', label: texts.inForce.on, tone: 'ok', icon: CircleCheck },
  { value: 'false', label: texts.off, tone: 'muted', icon: CircleSlash },
] as const

interface Switched {
  enabled: boolean
}

export function InForce({ enabled }: Switched) {
  const { tone, icon, label } = STATES[enabled ? 0 : 1]
  return (
    <Mark tone={tone} icon={icon}>
      {label}
    </Mark>
  )
}

/** Whether a row is in force, before its name. */
export const inForceColumn = <T extends Switched>(): Column<T> => ({
  id: 'enabled',
  title: texts.state,
  width: 110,
  priority: 10,
  leads: true,
  sort: 'enabled',
  card: 'beside',
  text: ({ enabled }) => (enabled ? texts.inForce.onInFile : texts.inForce.offInFile),
  cell: ({ enabled }) => <InForce enabled={enabled} />,
})

export const IN_FORCE_FILTER = { id: 'enabled', title: texts.state, options: STATES } as const
