import type { NetbirdSettings } from '@/api/types'
import { namesOf } from '@/lib/refs'
import { duration } from '@/lib/time'
import { texts } from './texts'

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

const lasting = (seconds: number | null | undefined): string => (seconds === undefined || seconds === null ? texts.settings.aWhile : duration(seconds * 1000))

const signIn = (settings: Settings): Said[] => [
  ...either(settings.peerLoginExpirationEnabled, plain(texts.settings.signingIn.loginsExpire({ after: lasting(settings.peerLoginExpiration) })), lax(texts.settings.signingIn.loginsNever)),
  ...either(
    settings.peerInactivityExpirationEnabled,
    plain(texts.settings.signingIn.awayAgain({ away: lasting(settings.peerInactivityExpiration) })),
    plain(texts.settings.signingIn.awayNever),
  ),
  ...either(settings.localAuthDisabled, plain(texts.settings.signingIn.noPasswords), plain(texts.settings.signingIn.passwords)),
  // Without such passwords there is nothing for a second factor to guard.
  ...(settings.localAuthDisabled ? [] : either(settings.localMfaEnabled, plain(texts.settings.signingIn.secondFactor), lax(texts.settings.signingIn.noSecondFactor))),
]

/** Without any, everybody may; NetBird looks at them only where it takes groups from tokens. */
function allowedGroups({ jwtAllowGroups: allowed, jwtGroupsEnabled }: Settings): Said[] {
  if (allowed.length === 0) return []
  return jwtGroupsEnabled
    ? [plain(texts.settings.newcomers.onlyGroups({ groups: allowed }))]
    : [lax(texts.settings.newcomers.groupsNotApplied)]
}

const newcomers = (settings: Settings): Said[] => [
  ...either(settings.peerApprovalEnabled, plain(texts.settings.newcomers.peersWait), lax(texts.settings.newcomers.peersPass)),
  ...either(settings.userApprovalRequired, plain(texts.settings.newcomers.usersWait), lax(texts.settings.newcomers.usersPass)),
  ...allowedGroups(settings),
  ...either(settings.regularUsersViewBlocked, plain(texts.settings.newcomers.noDashboard), plain(texts.settings.newcomers.ownDashboard)),
]

const groups = (settings: Settings): Said[] => [
  ...either(settings.groupsPropagationEnabled, plain(texts.settings.groups.given), plain(texts.settings.groups.stay)),
  ...either(
    settings.jwtGroupsEnabled,
    plain(settings.jwtGroupsClaimName ? texts.settings.groups.fromClaim({ claim: settings.jwtGroupsClaimName }) : texts.settings.groups.fromTokens),
    plain(texts.settings.groups.netbirdAlone),
  ),
]

const names = ({ settings, dnsSettings }: NetbirdSettings): Said[] => [
  ...(settings.dnsDomain ? [plain(texts.settings.names.endIn({ domain: settings.dnsDomain }))] : []),
  ...either(settings.routingPeerDnsResolutionEnabled, plain(texts.settings.names.routersResolve), plain(texts.settings.names.peersResolve)),
  ...(dnsSettings
    ? [
        dnsSettings.disabledManagementGroups.length === 0
          ? plain(texts.settings.names.managesAll)
          : plain(texts.settings.names.managesNot({ groups: namesOf(dnsSettings.disabledManagementGroups, dnsSettings.disabledManagementGroupsCount) })),
      ]
    : []),
]

const UPDATES: Readonly<Record<string, string>> = { disabled: texts.settings.clients.disabled, latest: texts.settings.clients.latest }

const clients = (settings: Settings): Said[] => [
  ...(settings.networkRange ? [plain(texts.settings.clients.ranges({ ranges: [settings.networkRange, ...(settings.networkRangeV6 ? [settings.networkRangeV6] : [])] }))] : []),
  ...either(settings.lazyConnectionEnabled, plain(texts.settings.clients.lazy), plain(texts.settings.clients.connected)),
  ...(settings.autoUpdateVersion ? [plain(UPDATES[settings.autoUpdateVersion] ?? texts.settings.clients.toVersion({ version: settings.autoUpdateVersion }))] : []),
]

/** How a network is set, in plain words; parts of which its server tells nothing are not there. */
export const settingsInWords = (account: NetbirdSettings): SaidPart[] =>
  [
    { title: texts.settings.signingIn.title, said: signIn(account.settings) },
    { title: texts.settings.newcomers.title, said: newcomers(account.settings) },
    { title: texts.settings.groups.title, said: groups(account.settings) },
    { title: texts.settings.names.title, said: names(account) },
    { title: texts.settings.clients.title, said: clients(account.settings) },
  ].filter(({ said }) => said.length > 0)
