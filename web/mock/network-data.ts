import type { NetbirdUser, Policy } from '../src/api/types'
import { before, DAY, HOUR } from './times'

const HQ = { accountId: 'acc-hq', accountName: 'HQ' }
const FIELD = { accountId: 'acc-field', accountName: 'Field' }

const user = (id: string, name: string, role: string, more: Partial<NetbirdUser> = {}): NetbirdUser => ({
  ...HQ,
  id,
  name,
  email: `${id}@acme.example`,
  role,
  status: 'active',
  isServiceUser: false,
  isBlocked: false,
  pendingApproval: false,
  issued: 'api',
  lastLogin: before(HOUR),
  ...more,
})

const never = (one: NetbirdUser): NetbirdUser => {
  const { lastLogin: _, ...rest } = one
  return rest
}

export const users = (): NetbirdUser[] => [
  user('ada', 'Ada Lovelace', 'owner'),
  user('grace', 'Grace Hopper', 'admin', { lastLogin: before(3 * DAY) }),
  user('support', 'Support', 'user', { status: 'blocked', isBlocked: true, lastLogin: before(90 * DAY) }),
  never(user('linus', '', 'user', { status: 'invited' })),
  never(user('margaret', 'Margaret Hamilton', 'user', { pendingApproval: true })),
  never(user('sync', 'platform-sync', 'auditor', { isServiceUser: true, email: '' })),
  user('night', 'The whole night shift of the warehouse in Lyon, second floor', 'network_admin', { ...FIELD, email: 'the-whole-night-shift-of-the-warehouse@field.acme.example' }),
]

const group = (name: string) => ({ id: `group-${name}`, name })

const policy = (id: string, name: string, sentence: string, more: Partial<Policy> = {}): Policy => ({
  ...HQ,
  id,
  name,
  description: '',
  enabled: true,
  sourcePostureChecks: [],
  rules: [
    { name, description: '', enabled: true, action: 'accept', bidirectional: false, protocol: 'tcp', ports: ['22', '443'], sources: [group('laptops')], destinations: [group('servers')], sentence },
  ],
  ...more,
})

export const policies = (): Policy[] => [
  policy('default', 'Default', 'Peers of All may reach each other', { enabled: false }),
  policy('laptops', 'Laptops to servers', 'laptops may reach servers on TCP 22, 443 if 1 posture check holds', { description: 'ssh and web', sourcePostureChecks: ['check'] }),
  policy('wiki', 'Contractors to wiki', 'contractors may reach one domain on TCP 443'),
  policy('field', 'Everything that the vans on the road may do with the warehouse in Lyon', 'vans, laptops, phones, scanners and 3 more may reach warehouse, printers, cameras and 2 more on TCP 80, 443, 631, 8000-8010, 9100', FIELD),
]
