import { limits } from '@/api/__generated__/limits'
import { TokenField } from '@/components/TokenField'
import { listed } from '@/lib/numbers'
import type { ChannelKindForm, Shown } from './kind'

interface EmailDraft {
  recipients: readonly string[]
}

const MOST = limits.EmailInput.recipients.maxItems

export const email: ChannelKindForm<EmailDraft, Shown<'email'>> = {
  blank: () => ({ recipients: [] }),
  draftOf: ({ recipients }) => ({ recipients: [...recipients] }),
  wrong({ recipients }) {
    const wrong = recipients.find((address) => !/^[^\s@]+@[^\s@]+$/.test(address))
    if (recipients.length === 0) return { recipients: 'Add at least one address.' }
    if (recipients.length > MOST) return { recipients: `At most ${MOST} addresses.` }
    return wrong ? { recipients: `“${wrong}” is not an email address.` } : {}
  },
  toConfig: ({ recipients }) => ({ type: 'email', recipients: [...recipients] }),
  whereTo: ({ recipients }) => listed(recipients),
  steps: ['Enter the addresses of people or of a mailing list.', 'Whoever is not a member is asked once, by mail, before the first message.'],
  Fields: ({ draft, errorOf, change }) => (
    <TokenField label="Email recipients" hint={`Up to ${MOST}; press Enter after each.`} placeholder="ops@example.com" inputMode="email" values={draft.recipients} error={errorOf('recipients')} onChange={(recipients) => change({ recipients })} />
  ),
}
