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
import { texts } from './texts'
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
export const SUBJECTS = [texts.conditions.peers, texts.conditions.network, texts.conditions.access, texts.conditions.numbers] as const

/** All that a rule can watch for. Whatever speaks of conditions takes its words from here. */
export const CONDITIONS: readonly Condition[] = [
  { type: 'peer_offline', subject: texts.conditions.peers, title: texts.conditions.peersGoOffline, note: texts.conditions.oneOrMorePeers, icon: MonitorX, kind: peerOffline, hasPast: true },
  { type: 'peer_count', subject: texts.conditions.peers, title: texts.conditions.numberPeers, note: texts.conditions.compareNumberPeersWith, icon: Hash, kind: peerCount, hasPast: true },
  { type: 'group_health', subject: texts.conditions.peers, title: texts.conditions.shareOnline, note: texts.conditions.tooSmallShareSome, icon: Gauge, kind: groupHealth, hasPast: true },
  { type: 'peer_flapping', subject: texts.conditions.peers, title: texts.conditions.peersComeGo, note: texts.conditions.peerComesGoesAgain, icon: Activity, kind: peerFlapping, hasPast: true },
  { type: 'peer_inactive', subject: texts.conditions.peers, title: texts.conditions.peersNobodyUses, note: texts.conditions.peerHasNotBeen, icon: Moon, kind: peerInactive, hasPast: true },
  { type: 'peer_added', subject: texts.conditions.peers, title: texts.conditions.newPeers, note: texts.conditions.peerJoinedNetwork, icon: MonitorUp, kind: peerAdded },
  { type: 'client_version', subject: texts.conditions.peers, title: texts.conditions.oldClients, note: texts.conditions.peerRunsClientOlder, icon: ArrowDownToLine, kind: clientVersion },
  { type: 'network_unrouted', subject: texts.conditions.network, title: texts.conditions.networksWithoutRoute, note: texts.conditions.noRoutingPeerNetwork, icon: Route, kind: networkUnrouted },
  { type: 'network_event', subject: texts.conditions.network, title: texts.conditions.events, note: texts.conditions.netbirdLogsSomeKinds, icon: ScrollText, kind: networkEvent, hasPast: true },
  { type: 'configuration_changed', subject: texts.conditions.network, title: texts.conditions.changedConfiguration, note: texts.conditions.somethingChangedInPolicies, icon: FileDiff, kind: configurationChanged, hasPast: true },
  { type: 'access', subject: texts.conditions.access, title: texts.conditions.accessTest, note: texts.conditions.somebodyReachesWhatThey, icon: ShieldQuestionMark, kind: access },
  { type: 'approval_pending', subject: texts.conditions.access, title: texts.conditions.peersAwaitApproval, note: texts.conditions.peerReachesNothingUntil, icon: UserCheck, kind: approvalPending },
  { type: 'login_expired', subject: texts.conditions.access, title: texts.conditions.expiredLogins, note: texts.conditions.peerStaysAwayUntil, icon: LogIn, kind: loginExpired },
  { type: 'login_expiring', subject: texts.conditions.access, title: texts.conditions.loginsAboutExpire, note: texts.conditions.peerWillStayAway, icon: TimerReset, kind: loginExpiring },
  { type: 'setup_key_expiring', subject: texts.conditions.access, title: texts.conditions.setupKeysEnd, note: texts.conditions.setupKeyAboutExpire, icon: KeyRound, kind: setupKeyExpiring },
  { type: 'custom_metric', subject: texts.conditions.numbers, title: texts.conditions.metric, note: texts.conditions.compareWhatPlatformRecords, icon: ChartLine, kind: customMetric, hasPast: true },
]

const BY_TYPE: ReadonlyMap<string, Condition> = new Map(CONDITIONS.map((condition) => [condition.type, condition]))

export const isKnown = (type: string | undefined): type is ConditionType => type !== undefined && BY_TYPE.has(type)

/** The condition of a type; of one that a newer API has, its own name. */
export const kindOf = (type: string): ConditionKind => BY_TYPE.get(type)?.kind ?? unknownKind

export const conditionTitle = (type: string): string => BY_TYPE.get(type)?.title ?? wordsOf(type)

/** Whether what it looks at is kept of the past. */
export const hasPast = (type: string): boolean => BY_TYPE.get(type)?.hasPast ?? false

/** Of one that this version does not know yet, a bell. */
export const conditionLook = (type: string): Pick<Condition, 'icon'> => BY_TYPE.get(type) ?? { icon: Bell }

/** Whether a condition is of peers, which may be chosen. */
export const takesPeers = (type: string): boolean => 'groups' in kindOf(type).blank()
