import { CirclePause } from 'lucide-react'
import { useCan } from '@/api/client'
import type { AlertRule } from '@/api/types'
import { announce, announceFailure } from '@/components/announcements'
import { Badge } from '@/components/ui/Badge'
import { Switch } from '@/components/ui/Switch'
import { useSwitchRule } from '@/queries/rules'
import { texts } from './texts'

/** Switches a rule on and off; for those who may not, says that it is off. */
export function RuleSwitch({ rule: { id, name, enabled } }: { rule: Pick<AlertRule, 'id' | 'name' | 'enabled'> }) {
  const change = useSwitchRule()
  const mayWrite = useCan('rules:write')
  if (!mayWrite) {
    return enabled ? null : (
      <Badge tone="muted" icon={CirclePause}>
        {texts.ruleSwitch.off}
      </Badge>
    )
  }
  const onChange = (on: boolean) =>
    change.mutate(
      { id, enabled: on },
      {
        onSuccess: (rule) => announce(rule.enabled ? texts.ruleSwitch.on({ name }) : texts.ruleSwitch.offWhatWasOpen({ name })),
        onError: announceFailure,
      },
    )
  return <Switch label={texts.ruleSwitch.watch({ name })} checked={enabled} busy={change.isPending} onChange={onChange} />
}
