import { SecretField } from '@/components/SecretField'
import { TextField } from '@/components/ui/Field'
import { isWebAddress } from '@/lib/addresses'
import type { ChannelKindForm, Shown } from './kind'
import { texts } from './texts'
import { keptKey, NO_ADDRESS } from './words'

interface NtfyDraft {
  server: string
  topic: string
  token: string
  /** The one that there is is taken away. */
  removesToken: boolean
}

const PUBLIC = 'https://ntfy.sh'

export const ntfy: ChannelKindForm<NtfyDraft, Shown<'ntfy'>> = {
  blank: () => ({ server: PUBLIC, topic: '', token: '', removesToken: false }),
  draftOf: ({ server, topic }) => ({ server, topic, token: '', removesToken: false }),
  wrong({ server, topic }) {
    const errors: Record<string, string> = {}
    if (!isWebAddress(server.trim())) errors.server = NO_ADDRESS
    if (!/^[\w-]{1,64}$/.test(topic.trim())) errors.topic = texts.ntfy.topicWrong
    return errors
  },
  toConfig: ({ server, topic, token, removesToken }) => ({ type: 'ntfy', server: server.trim(), topic: topic.trim(), ...((token.trim() || removesToken) && { token: token.trim() }) }),
  whereTo: ({ server, topic }) => texts.ntfy.whereTo({ topic, host: URL.parse(server)?.host ?? server }),
  facts: ({ tokenHint }) => [[texts.ntfy.token, tokenHint == null ? texts.ntfy.noToken : keptKey(tokenHint)]],
  steps: texts.ntfy.steps,
  Fields: ({ draft, shown, errorOf, change }) => (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label={texts.ntfy.server} type="url" inputMode="url" autoComplete="off" placeholder={PUBLIC} hint={texts.ntfy.serverHint} value={draft.server} error={errorOf('server')} onChange={(event) => change({ server: event.target.value })} />
        <TextField label={texts.ntfy.topic} autoComplete="off" placeholder={texts.ntfy.topicPlaceholder} hint={texts.ntfy.topicHint} value={draft.topic} error={errorOf('topic')} onChange={(event) => change({ topic: event.target.value })} />
      </div>
      <SecretField
        label={texts.ntfy.token}
        optional
        kept={shown?.tokenHint == null ? undefined : keptKey(shown.tokenHint)}
        placeholder={texts.ntfy.tokenPlaceholder}
        hint={texts.ntfy.tokenHint}
        value={draft.token}
        error={errorOf('token')}
        onChange={(token) => change({ token, removesToken: false })}
        removal={{ isRemoved: draft.removesToken, onRemove: (removesToken) => change({ token: '', removesToken }) }}
      />
    </>
  ),
}
