import clsx from 'clsx'
import { CirclePause } from 'lucide-react'
import { useCan } from '@/api/client'
import type { AlertRule } from '@/api/types'
import { announce, announceFailure } from '@/components/announcements'
import { Badge } from '@/components/ui/Badge'
import { useSwitchRule } from '@/queries/rules'

/** Switches a rule on and off; for those who may not, says that it is off. */
export function RuleSwitch({ rule: { id, name, enabled } }: { rule: Pick<AlertRule, 'id' | 'name' | 'enabled'> }) {
  const change = useSwitchRule()
  const mayWrite = useCan('rules:write')
  if (!mayWrite) {
    return enabled ? null : (
      <Badge tone="muted" icon={CirclePause}>
        Off
      </Badge>
    )
  }
  const onClick = () => {
    if (change.isPending) return
    change.mutate(
      { id, enabled: !enabled },
      {
        onSuccess: (rule) => announce(rule.enabled ? `“${name}” is on.` : `“${name}” is off. What was open of it is resolved.`),
        onError: announceFailure,
      },
    )
  }
  return (
    <button
      type="button"
      role="switch"
      aria-checked={enabled}
      aria-busy={change.isPending || undefined}
      aria-label={`Watch: ${name}`}
      className="inline-flex h-8 shrink-0 items-center gap-2 rounded-md px-1 text-13 text-text-2 touch:h-11"
      onClick={onClick}
    >
      <span aria-hidden className={clsx('flex h-5 w-9 items-center rounded-full border p-0.5 transition-colors', enabled ? 'justify-end border-accent bg-accent' : 'justify-start border-line-strong bg-surface-2')}>
        <span className={clsx('size-3.5 rounded-full', enabled ? 'bg-on-accent' : 'bg-text-3')} />
      </span>
      <span className="w-6 text-left">{enabled ? 'On' : 'Off'}</span>
    </button>
  )
}
