import { SecretField } from '@/components/SecretField'
import { TextField } from '@/components/ui/Field'
import { isWebAddress } from '@/lib/addresses'
import type { ChannelKindForm, Shown } from './kind'
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
    if (!/^[\w-]{1,64}$/.test(topic.trim())) errors.topic = 'A topic has up to 64 letters, digits, - and _.'
    return errors
  },
  toConfig: ({ server, topic, token, removesToken }) => ({ type: 'ntfy', server: server.trim(), topic: topic.trim(), ...((token.trim() || removesToken) && { token: token.trim() }) }),
  whereTo: ({ server, topic }) => `${topic} at ${URL.parse(server)?.host ?? server}`,
  facts: ({ tokenHint }) => [['Access token', tokenHint == null ? 'none' : keptKey(tokenHint)]],
  steps: [
    'Choose a topic. At a server without accounts whoever knows its name can read it: make it hard to guess.',
    'Subscribe to it in the ntfy app, or in a browser.',
    'Where the topic is protected, make an access token: in ntfy’s web app choose Account, then Access tokens. It starts with tk_.',
  ],
  Fields: ({ draft, shown, errorOf, change }) => (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label="Server" type="url" inputMode="url" autoComplete="off" placeholder={PUBLIC} hint="Your own, or the public one, without a path." value={draft.server} error={errorOf('server')} onChange={(event) => change({ server: event.target.value })} />
        <TextField label="Topic" autoComplete="off" placeholder="netbird-3fK9x2" hint="Letters, digits, - and _." value={draft.topic} error={errorOf('topic')} onChange={(event) => change({ topic: event.target.value })} />
      </div>
      <SecretField
        label="Access token"
        optional
        kept={shown?.tokenHint == null ? undefined : keptKey(shown.tokenHint)}
        placeholder="tk_…"
        hint="Where the topic is protected."
        value={draft.token}
        error={errorOf('token')}
        onChange={(token) => change({ token, removesToken: false })}
        removal={{ isRemoved: draft.removesToken, onRemove: (removesToken) => change({ token: '', removesToken }) }}
      />
    </>
  ),
}
