import type { NetbirdSettings } from '@/api/types'
import { listed } from '@/lib/numbers'
import { namesOf } from '@/lib/refs'
import { duration } from '@/lib/time'

type Settings = NetbirdSettings['settings']

/** One setting in plain words; lax where it lets in more than it could. */
export interface Said {
  text: string
  isLax: boolean
}

export interface SaidPart {
  title: string
  said: Said[]
}

const plain = (text: string): Said => ({ text, isLax: false })
const lax = (text: string): Said => ({ text, isLax: true })

/** What a switch says; nothing where the server does not tell how it stands. */
const either = (value: boolean | null | undefined, on: Said, off: Said): Said[] => (value === undefined || value === null ? [] : [value ? on : off])

const lasting = (seconds: number | null | undefined): string => (seconds === undefined || seconds === null ? 'a while' : duration(seconds * 1000))

const signIn = (settings: Settings): Said[] => [
  ...either(settings.peerLoginExpirationEnabled, plain(`Logins of peers expire after ${lasting(settings.peerLoginExpiration)}`), lax('Logins of peers never expire')),
  ...either(
    settings.peerInactivityExpirationEnabled,
    plain(`Peers that were away for ${lasting(settings.peerInactivityExpiration)} must sign in again`),
    plain('Peers never have to sign in again after being away'),
  ),
  ...either(settings.localAuthDisabled, plain('Signing in with a NetBird password is turned off'), plain('Users may sign in with a password of NetBird’s own')),
  // Without such passwords there is nothing for a second factor to guard.
  ...(settings.localAuthDisabled ? [] : either(settings.localMfaEnabled, plain('Passwords of NetBird’s own need a second factor'), lax('Passwords of NetBird’s own need no second factor'))),
]

/** Without any, everybody may; NetBird looks at them only where it takes groups from tokens. */
function allowedGroups({ jwtAllowGroups: allowed, jwtGroupsEnabled }: Settings): Said[] {
  if (allowed.length === 0) return []
  return jwtGroupsEnabled
    ? [plain(`Only users in ${listed(allowed, 'or')} at the identity provider may sign in`)]
    : [lax('Allowed groups are set, but not applied: groups are not taken from tokens')]
}

const newcomers = (settings: Settings): Said[] => [
  ...either(settings.peerApprovalEnabled, plain('New peers wait for approval'), lax('New peers need no approval')),
  ...either(settings.userApprovalRequired, plain('New users wait for approval'), lax('New users need no approval')),
  ...allowedGroups(settings),
  ...either(settings.regularUsersViewBlocked, plain('Users with the role user do not see the dashboard'), plain('Users with the role user see their own part of the dashboard')),
]

const groups = (settings: Settings): Said[] => [
  ...either(settings.groupsPropagationEnabled, plain('The groups of a user are given to the user’s peers'), plain('The groups of a user stay with the user')),
  ...either(
    settings.jwtGroupsEnabled,
    plain(`Groups come from the tokens of the identity provider${settings.jwtGroupsClaimName ? `, from the claim ${settings.jwtGroupsClaimName}` : ''}`),
    plain('Groups are kept in NetBird alone'),
  ),
]

const names = ({ settings, dnsSettings }: NetbirdSettings): Said[] => [
  ...(settings.dnsDomain ? [plain(`Names of peers end in ${settings.dnsDomain}`)] : []),
  ...either(settings.routingPeerDnsResolutionEnabled, plain('Routing peers resolve the domains that they lead to'), plain('Each peer resolves routed domains by itself')),
  ...(dnsSettings
    ? [
        dnsSettings.disabledManagementGroups.length === 0
          ? plain('NetBird manages DNS on all peers')
          : plain(`NetBird does not manage DNS on peers of ${namesOf(dnsSettings.disabledManagementGroups, dnsSettings.disabledManagementGroupsCount)}`),
      ]
    : []),
]

const UPDATES: Readonly<Record<string, string>> = { disabled: 'Clients do not update themselves', latest: 'Clients update themselves to the latest version' }

const clients = (settings: Settings): Said[] => [
  ...(settings.networkRange ? [plain(`Peers have addresses in ${listed([settings.networkRange, ...(settings.networkRangeV6 ? [settings.networkRangeV6] : [])])}`)] : []),
  ...either(settings.lazyConnectionEnabled, plain('Peers connect when there is something to send'), plain('Peers stay connected to each other')),
  ...(settings.autoUpdateVersion ? [plain(UPDATES[settings.autoUpdateVersion] ?? `Clients update themselves to version ${settings.autoUpdateVersion}`)] : []),
]

/** How a network is set, in plain words; parts of which its server tells nothing are not there. */
export const settingsInWords = (account: NetbirdSettings): SaidPart[] =>
  [
    { title: 'Signing in', said: signIn(account.settings) },
    { title: 'New peers and users', said: newcomers(account.settings) },
    { title: 'Groups', said: groups(account.settings) },
    { title: 'Name resolution', said: names(account) },
    { title: 'Addresses and clients', said: clients(account.settings) },
  ].filter(({ said }) => said.length > 0)
