import { CircleCheck, CircleSlash } from 'lucide-react'
import type { Column } from '@/components/list/columns'
import { Mark } from '@/components/ui/Badge'

const STATES = [
  { value: 'true', label: 'In force', tone: 'ok', icon: CircleCheck },
  { value: 'false', label: 'Off', tone: 'muted', icon: CircleSlash },
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
  title: 'State',
  width: 110,
  priority: 10,
  leads: true,
  sort: 'enabled',
  card: 'beside',
  text: ({ enabled }) => (enabled ? 'in force' : 'off'),
  cell: ({ enabled }) => <InForce enabled={enabled} />,
})

export const IN_FORCE_FILTER = { id: 'enabled', title: 'State', options: STATES } as const
