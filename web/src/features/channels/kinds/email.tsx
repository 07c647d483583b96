import { limits } from '@/api/__generated__/limits'
import { TokenField } from '@/components/TokenField'
import { listed } from '@/lib/numbers'
import type { ChannelKindForm, Shown } from './kind'
import { texts } from './texts'

interface EmailDraft {
  recipients: readonly string[]
}

const MOST = limits.EmailInput.recipients.maxItems

export const email: ChannelKindForm<EmailDraft, Shown<'email'>> = {
  blank: () => ({ recipients: [] }),
  draftOf: ({ recipients }) => ({ recipients: [...recipients] }),
  wrong({ recipients }) {
    const wrong = recipients.find((address) => !/^[^\s@]+@[^\s@]+$/.test(address))
    if (recipients.length === 0) return { recipients: texts.email.none }
    if (recipients.length > MOST) return { recipients: texts.email.tooMany({ most: MOST }) }
    return wrong ? { recipients: texts.email.wrong({ wrong }) } : {}
  },
  toConfig: ({ recipients }) => ({ type: 'email', recipients: [...recipients] }),
  whereTo: ({ recipients }) => listed(recipients),
  steps: texts.email.steps,
  Fields: ({ draft, errorOf, change }) => (
    <TokenField label={texts.email.label} hint={texts.email.hint({ most: MOST })} placeholder={texts.email.placeholder} inputMode="email" values={draft.recipients} error={errorOf('recipients')} onChange={(recipients) => change({ recipients })} />
  ),
}
