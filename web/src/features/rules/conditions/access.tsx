import type { AccessConfig } from '@/api/types'
import { AskedAccount } from '@/components/AskedAccount'
import { OnePicker } from '@/components/finder/OnePicker'
import { SelectField, TextField } from '@/components/ui/Field'
import { useAskedAccount } from '@/components/useAskedAccount'
import { isPort, parseEnd, PROTOCOLS, SOURCES, TARGETS, writeEnd, type EndKind } from '@/lib/accessEnds'
import type { Found } from '@/queries/found'
import type { ConditionKind, FieldsProps } from './kind'
import { texts } from './texts'

interface Draft {
  /** `group:d1k5c8`, or nothing yet. */
  from: string
  to: string
  /** What they are called, for the sentence. */
  fromName: string
  toName: string
  protocol: NonNullable<AccessConfig['protocol']>
  port: string
  expected: AccessConfig['expected']
}

const CHOICES = [{ value: 'all', label: texts.access.anyProtocol }, ...PROTOCOLS] as const

const NOBODY = { from: '', to: '', fromName: '', toName: '' }

function Fields({ draft, accountId, errorOf, change }: FieldsProps<Draft>) {
  const { accounts, accountId: usual } = useAskedAccount(accountId || undefined)
  // Until something is chosen, the account is a suggestion; what is chosen is of one account.
  const account = accountId || usual
  const [from, to] = [parseEnd(draft.from, SOURCES), parseEnd(draft.to, TARGETS)]
  const choose = (side: 'from' | 'to') => (end: Found<EndKind>) => {
    change({ [side]: writeEnd(end), [`${side}Name`]: end.name }, end.accountId)
  }
  return (
    <>
      <AskedAccount
        accountId={account}
        accounts={accounts}
        onChange={(of) => change(NOBODY, of)}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <OnePicker label={texts.access.from} placeholder={texts.access.fromPlaceholder} kinds={SOURCES} accountId={account} chosen={from} error={errorOf('from')} onChoose={choose('from')} />
        <OnePicker label={texts.access.to} placeholder={texts.access.toPlaceholder} kinds={TARGETS} accountId={account} chosen={to} error={errorOf('to')} onChoose={choose('to')} />
        <SelectField
          label={texts.access.protocol}
          value={draft.protocol}
          error={errorOf('protocol')}
          onChange={(event) => {
            const protocol = event.target.value as Draft['protocol']
            change({ protocol, ...(protocol === 'icmp' && { port: '' }) })
          }}
        >
          {CHOICES.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        {draft.protocol !== 'icmp' && (
          <TextField label={texts.access.port} optional inputMode="numeric" maxLength={5} placeholder={texts.access.portPlaceholder} value={draft.port} error={errorOf('port')} onChange={(event) => change({ port: event.target.value.trim() })} />
        )}
      </div>
      <SelectField
        label={texts.access.whatShouldBeSo}
        hint={draft.expected === 'allowed' ? texts.access.firesWhenDenied : texts.access.firesWhenAllowed}
        value={draft.expected}
        error={errorOf('expected')}
        onChange={(event) => change({ expected: event.target.value as Draft['expected'] })}
      >
        <option value="denied">{texts.access.deniedNoPairOpen}</option>
        <option value="allowed">{texts.access.allowedEveryPairOpen}</option>
      </SelectField>
    </>
  )
}

/** Access that must be, or must not be. */
export const access: ConditionKind<Draft, AccessConfig> = {
  blank: () => ({ ...NOBODY, protocol: 'all', port: '', expected: 'denied' }),
  draftOf: ({ from, to, protocol = 'all', port, expected, fromName = '', toName = '' }) => ({ from, to, fromName, toName, protocol, port: typeof port === 'number' ? String(port) : '', expected }),
  ofOneAccount: true,
  wrong: ({ from, to, protocol, port }) => ({
    ...(!parseEnd(from, SOURCES) && { from: texts.access.chooseWhoConnects }),
    ...(!parseEnd(to, TARGETS) ? { to: texts.access.chooseTarget } : from === to && from.startsWith('peer:') && { to: texts.access.chooseAnotherPeer }),
    ...(protocol !== 'icmp' && port !== '' && !isPort(port) && { port: texts.access.portRange }),
  }),
  toConfig: ({ from, to, protocol, port, expected }) => ({ from, to, protocol, expected, ...(port !== '' && protocol !== 'icmp' && { port: Number(port) }) }),
  Fields,
}
