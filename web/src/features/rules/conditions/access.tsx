import type { AccessConfig } from '@/api/types'
import { AskedAccount } from '@/components/AskedAccount'
import { OnePicker } from '@/components/finder/OnePicker'
import { SelectField, TextField } from '@/components/ui/Field'
import { useAskedAccount } from '@/components/useAskedAccount'
import { isPort, parseEnd, PROTOCOLS, SOURCES, TARGETS, writeEnd, type EndKind } from '@/lib/accessEnds'
import type { Found } from '@/queries/found'
import type { ConditionKind, FieldsProps } from './kind'
import { BLANK } from './words'

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

const CHOICES = [{ value: 'all', label: 'Any protocol' }, ...PROTOCOLS] as const

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
        <OnePicker label="From" placeholder="a group, peer, user or everybody" kinds={SOURCES} accountId={account} chosen={from} error={errorOf('from')} onChoose={choose('from')} />
        <OnePicker label="To" placeholder="a name, domain or address" kinds={TARGETS} accountId={account} chosen={to} error={errorOf('to')} onChoose={choose('to')} />
        <SelectField
          label="Protocol"
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
          <TextField label="Port" optional inputMode="numeric" maxLength={5} placeholder="any" value={draft.port} error={errorOf('port')} onChange={(event) => change({ port: event.target.value.trim() })} />
        )}
      </div>
      <SelectField
        label="What should be so"
        hint={draft.expected === 'allowed' ? 'Fires when any source cannot reach any target, or when that is unknown.' : 'Fires when any source can reach any target, or when that is unknown.'}
        value={draft.expected}
        error={errorOf('expected')}
        onChange={(event) => change({ expected: event.target.value as Draft['expected'] })}
      >
        <option value="denied">Denied: no pair is open</option>
        <option value="allowed">Allowed: every pair is open</option>
      </SelectField>
    </>
  )
}

/** As the API says on what: without a protocol a port is one of TCP and of UDP. */
function onWhat(protocol: string, port: string): string {
  if (protocol === 'all') return port === '' ? '' : ` on TCP ${port} and UDP ${port}`
  return ` on ${[protocol.toUpperCase(), port].filter(Boolean).join(' ')}`
}

/** Access that must be, or must not be. */
export const access: ConditionKind<Draft, AccessConfig> = {
  blank: () => ({ ...NOBODY, protocol: 'all', port: '', expected: 'denied' }),
  draftOf: ({ from, to, protocol = 'all', port, expected, fromName = '', toName = '' }) => ({ from, to, fromName, toName, protocol, port: typeof port === 'number' ? String(port) : '', expected }),
  ofOneAccount: true,
  wrong: ({ from, to, protocol, port }) => ({
    ...(!parseEnd(from, SOURCES) && { from: 'Choose who connects.' }),
    ...(!parseEnd(to, TARGETS) ? { to: 'Choose who or what is to be reached.' } : from === to && from.startsWith('peer:') && { to: 'Choose another peer than the one that connects.' }),
    ...(protocol !== 'icmp' && port !== '' && !isPort(port) && { port: 'A port, 0 to 65535.' }),
  }),
  toConfig: ({ from, to, protocol, port, expected }) => ({ from, to, protocol, expected, ...(port !== '' && protocol !== 'icmp' && { port: Number(port) }) }),
  clause: ({ from, to, fromName, toName, protocol, port, expected }) =>
    `${fromName || from || BLANK} ${expected === 'allowed' ? 'cannot' : 'can'} reach ${toName || to || BLANK}${onWhat(protocol, port)}`,
  Fields,
}
