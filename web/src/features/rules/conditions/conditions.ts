import { Activity, ArrowDownToLine, Bell, ChartLine, FileDiff, Gauge, Hash, KeyRound, LogIn, type LucideIcon, MonitorUp, MonitorX, Moon, Route, ScrollText, ShieldQuestionMark, TimerReset, UserCheck } from 'lucide-react'
import type { ConditionType } from '@/api/types'
import { wordsOf } from '@/lib/named'
import { access } from './access'
import { approvalPending } from './approvalPending'
import { clientVersion } from './clientVersion'
import { configurationChanged } from './configurationChanged'
import { customMetric } from './customMetric'
import { groupHealth } from './groupHealth'
import type { ConditionKind } from './kind'
import { loginExpired } from './loginExpired'
import { loginExpiring } from './loginExpiring'
import { networkEvent } from './networkEvent'
import { networkUnrouted } from './networkUnrouted'
import { peerAdded } from './peerAdded'
import { peerCount } from './peerCount'
import { peerFlapping } from './peerFlapping'
import { peerInactive } from './peerInactive'
import { peerOffline } from './peerOffline'
import { setupKeyExpiring } from './setupKeyExpiring'
import { unknownKind } from './unknown'

export interface Condition {
  type: ConditionType
  subject: (typeof SUBJECTS)[number]
  title: string
  /** What it watches for, in a sentence. */
  note: string
  icon: LucideIcon
  kind: ConditionKind
  /** What it looks at is kept of the past, so that it can be tested on it. */
  hasPast?: true
}

/** What conditions are about, in the order of the list. */
export const SUBJECTS = ['Peers', 'Network', 'Access', 'Numbers'] as const

/** All that a rule can watch for. Whatever speaks of conditions takes its words from here. */
export const CONDITIONS: readonly Condition[] = [
  { type: 'peer_offline', subject: 'Peers', title: 'Peers go offline', note: 'One or more peers have been offline for some time.', icon: MonitorX, kind: peerOffline, hasPast: true },
  { type: 'peer_count', subject: 'Peers', title: 'The number of peers', note: 'Compare the number of peers with a threshold.', icon: Hash, kind: peerCount, hasPast: true },
  { type: 'group_health', subject: 'Peers', title: 'The share that is online', note: 'Too small a share of some peers is online, however many they are.', icon: Gauge, kind: groupHealth, hasPast: true },
  { type: 'peer_flapping', subject: 'Peers', title: 'Peers that come and go', note: 'A peer comes and goes again and again, never for long.', icon: Activity, kind: peerFlapping, hasPast: true },
  { type: 'peer_inactive', subject: 'Peers', title: 'Peers that nobody uses', note: 'A peer has not been connected for days, and still has its access.', icon: Moon, kind: peerInactive, hasPast: true },
  { type: 'peer_added', subject: 'Peers', title: 'New peers', note: 'A peer joined the network.', icon: MonitorUp, kind: peerAdded },
  { type: 'client_version', subject: 'Peers', title: 'Old clients', note: 'A peer runs a client older than a version.', icon: ArrowDownToLine, kind: clientVersion },
  { type: 'network_unrouted', subject: 'Network', title: 'Networks without a route', note: 'No routing peer of a network with resources, or of a route, is online.', icon: Route, kind: networkUnrouted },
  { type: 'network_event', subject: 'Network', title: 'Events', note: 'NetBird logs some kinds of activity, such as changed policies.', icon: ScrollText, kind: networkEvent, hasPast: true },
  { type: 'configuration_changed', subject: 'Network', title: 'Changed configuration', note: 'Something is changed in policies, groups, routes and the like.', icon: FileDiff, kind: configurationChanged, hasPast: true },
  { type: 'access', subject: 'Access', title: 'Access test', note: 'Somebody reaches what they should not, or does not reach what they should.', icon: ShieldQuestionMark, kind: access },
  { type: 'approval_pending', subject: 'Access', title: 'Peers that await approval', note: 'A peer reaches nothing until somebody approves it.', icon: UserCheck, kind: approvalPending },
  { type: 'login_expired', subject: 'Access', title: 'Expired logins', note: 'A peer stays away until its user signs in again.', icon: LogIn, kind: loginExpired },
  { type: 'login_expiring', subject: 'Access', title: 'Logins about to expire', note: 'A peer will stay away unless its user signs in again in time.', icon: TimerReset, kind: loginExpiring },
  { type: 'setup_key_expiring', subject: 'Access', title: 'Setup keys that end', note: 'A setup key is about to expire, or is used up.', icon: KeyRound, kind: setupKeyExpiring },
  { type: 'custom_metric', subject: 'Numbers', title: 'A metric', note: 'Compare what the platform records, or what you push, with a threshold.', icon: ChartLine, kind: customMetric, hasPast: true },
]

const BY_TYPE: ReadonlyMap<string, Condition> = new Map(CONDITIONS.map((condition) => [condition.type, condition]))

export const isKnown = (type: string | undefined): type is ConditionType => type !== undefined && BY_TYPE.has(type)

/** The condition of a type; of one that a newer API has, its own name. */
export const kindOf = (type: string): ConditionKind => BY_TYPE.get(type)?.kind ?? unknownKind(type)

export const conditionTitle = (type: string): string => BY_TYPE.get(type)?.title ?? wordsOf(type)

/** Whether what it looks at is kept of the past. */
export const hasPast = (type: string): boolean => BY_TYPE.get(type)?.hasPast ?? false

/** Of one that this version does not know yet, a bell. */
export const conditionLook = (type: string): Pick<Condition, 'icon'> => BY_TYPE.get(type) ?? { icon: Bell }

/** Whether a condition is of peers, which may be chosen. */
export const takesPeers = (type: string): boolean => 'groups' in kindOf(type).blank()
