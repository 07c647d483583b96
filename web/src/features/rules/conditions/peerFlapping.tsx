import { limits } from '@/api/__generated__/limits'
import type { PeerFlappingConfig } from '@/api/types'
import { everyPeer, peersOf, toPeers, wrongPeers, type PeersDraft } from './peers'
import { PeersFields } from './PeersFields'
import { NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { texts } from './texts'
import { wrongNumber } from './wrong'

interface Draft extends PeersDraft {
  minChanges: string
  withinMinutes: string
}

function Fields(props: FieldsProps<Draft>) {
  return (
    <>
      <NumberField {...props} of="minChanges" label={texts.peerFlapping.howOftenComesOr} hint={texts.peerFlapping.howOftenComesOrHint} />
      <NumberField {...props} of="withinMinutes" label={texts.peerFlapping.withinInMinutes} hint={texts.peerFlapping.withinInMinutesHint} />
      <PeersFields {...props} />
    </>
  )
}

export const peerFlapping: ConditionKind<Draft, PeerFlappingConfig> = {
  blank: () => ({ minChanges: '6', withinMinutes: '60', ...everyPeer() }),
  draftOf: ({ minChanges, withinMinutes, ...peers }) => ({ minChanges: String(minChanges), withinMinutes: String(withinMinutes), ...peersOf(peers) }),
  wrong: ({ minChanges, withinMinutes, ...peers }) => ({
    ...wrongNumber('minChanges', minChanges, limits.PeerFlappingConfig.minChanges, 'changes'),
    ...wrongNumber('withinMinutes', withinMinutes, limits.PeerFlappingConfig.withinMinutes, 'minutes'),
    ...wrongPeers(peers),
  }),
  toConfig: ({ minChanges, withinMinutes, ...peers }) => ({ minChanges: Number(minChanges), withinMinutes: Number(withinMinutes), ...toPeers(peers) }),
  tellsEach: () => true,
  Fields,
}
