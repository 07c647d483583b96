import { limits } from '@/api/__generated__/limits'
import type { AlertPer, ClientVersionConfig } from '@/api/types'
import { TextField } from '@/components/ui/Field'
import { everyPeer, peersOf, toPeers, wrongPeers, type PeersDraft } from './peers'
import { PeersFields } from './PeersFields'
import { AlertPerField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { texts } from './texts'
import { wrongPer } from './wrong'

interface Draft extends PeersDraft {
  minimum: string
  alertPer: AlertPer
}

/** One to four numbers; what follows a hyphen or a plus is not compared. */
const VERSION = /^v?\d+(\.\d+){0,3}([-+].*)?$/

function Fields(props: FieldsProps<Draft>) {
  const { draft, errorOf, change } = props
  return (
    <>
      <TextField
        label={texts.clientVersion.oldestVersionWillDo}
        placeholder="0.60.0"
        hint={texts.clientVersion.oldestVersionWillDoHint}
        maxLength={limits.ClientVersionConfig.minimum.maxLength}
        autoComplete="off"
        spellCheck={false}
        value={draft.minimum}
        error={errorOf('minimum')}
        onChange={(event) => change({ minimum: event.target.value })}
      />
      <AlertPerField {...props} becomes={texts.clientVersion.runsOlderOne} />
      <PeersFields {...props} />
    </>
  )
}

export const clientVersion: ConditionKind<Draft, ClientVersionConfig> = {
  // Which version will do is known to nobody but the author.
  blank: () => ({ minimum: '', alertPer: 'peer', ...everyPeer() }),
  draftOf: ({ minimum, alertPer = 'rule', ...peers }) => ({ minimum, alertPer, ...peersOf(peers) }),
  wrong: ({ minimum, alertPer, ...peers }) => ({ ...(!VERSION.test(minimum.trim()) && { minimum: texts.clientVersion.enterVersionSuchAs }), ...wrongPer(alertPer, peers.groups), ...wrongPeers(peers) }),
  toConfig: ({ minimum, alertPer, ...peers }) => ({ minimum: minimum.trim(), alertPer, ...toPeers(peers) }),
  tellsEach: ({ alertPer }) => alertPer === 'peer',
  undated: true,
  Fields,
}
