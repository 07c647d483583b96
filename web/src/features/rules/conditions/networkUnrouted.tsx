import type { NetworkUnroutedConfig } from '@/api/types'
import type { ConditionKind } from './kind'

function Fields() {
  return <p className="text-13 text-text-3">There is nothing to set. Networks without resources are not watched.</p>
}

export const networkUnrouted: ConditionKind<object, NetworkUnroutedConfig> = {
  blank: () => ({}),
  draftOf: () => ({}),
  wrong: () => ({}),
  toConfig: () => ({}),
  clause: () => 'a network has no routing peer online',
  Fields,
}
