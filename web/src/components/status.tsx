import {
  BellOff,
  BellRing,
  CheckCheck,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  Info,
  KeyRound,
  LoaderCircle,
  OctagonAlert,
  TriangleAlert,
  Unplug,
  UserRoundCheck,
  type LucideIcon,
} from 'lucide-react'
import type { AccountStatus, AlertStatus, DashboardOverview, Peer, PeerStatus, Severity } from '@/api/types'
import { named } from '@/lib/named'
import { Badge, Mark, type Tone } from './ui/Badge'

interface Look {
  tone: Tone
  icon: LucideIcon
  word: string
}

const look = (table: Readonly<Record<string, Look>>, value: string): Look => named(table, value, (word) => ({ tone: 'muted', icon: CircleDashed, word }))

const PEER: Record<PeerStatus | 'login_expired' | 'approval_pending', Look> = {
  online: { tone: 'ok', icon: CircleCheck, word: 'Online' },
  offline: { tone: 'bad', icon: CircleX, word: 'Offline' },
  unconfirmed: { tone: 'warn', icon: CircleDashed, word: 'Unconfirmed' },
  login_expired: { tone: 'warn', icon: KeyRound, word: 'Login expired' },
  approval_pending: { tone: 'info', icon: UserRoundCheck, word: 'Approval pending' },
}

/** What stands in a peer's way comes before whether it is connected. */
export function peerCondition(peer: Pick<Peer, 'status' | 'loginExpired' | 'approvalRequired'>): keyof typeof PEER {
  if (peer.approvalRequired) return 'approval_pending'
  if (peer.loginExpired) return 'login_expired'
  return peer.status
}

export function PeerMark({ peer }: { peer: Pick<Peer, 'status' | 'loginExpired' | 'approvalRequired'> }) {
  const { word, ...rest } = look(PEER, peerCondition(peer))
  return <Mark {...rest}>{word}</Mark>
}

export const PEER_STATUSES = (['online', 'offline', 'unconfirmed'] as const).map((value) => ({ value, ...PEER[value] }))

const SEVERITY: Record<Severity, Look> = {
  critical: { tone: 'bad', icon: OctagonAlert, word: 'Critical' },
  high: { tone: 'bad', icon: TriangleAlert, word: 'High' },
  medium: { tone: 'warn', icon: CircleAlert, word: 'Medium' },
  low: { tone: 'info', icon: Info, word: 'Low' },
}

export const SEVERITIES = (['critical', 'high', 'medium', 'low'] as const).map((value) => ({ value, ...SEVERITY[value] }))

export function SeverityBadge({ severity, className }: { severity: Severity; className?: string }) {
  const { word, ...rest } = look(SEVERITY, severity)
  return (
    <Badge {...rest} {...(className && { className })}>
      {word}
    </Badge>
  )
}

export function SeverityMark({ severity }: { severity: Severity }) {
  const { word, ...rest } = look(SEVERITY, severity)
  return <Mark {...rest}>{word}</Mark>
}

export const severityWord = (severity: Severity): string => look(SEVERITY, severity).word

const ALERT: Record<AlertStatus, Look> = {
  open: { tone: 'bad', icon: BellRing, word: 'Open' },
  acknowledged: { tone: 'warn', icon: CheckCheck, word: 'Acknowledged' },
  resolved: { tone: 'ok', icon: CircleCheck, word: 'Resolved' },
  suppressed: { tone: 'muted', icon: BellOff, word: 'Suppressed' },
}

export const alertStatusWord = (status: AlertStatus): string => look(ALERT, status).word

export function AlertStatusBadge({ status }: { status: AlertStatus }) {
  const { word, ...rest } = look(ALERT, status)
  return <Badge {...rest}>{word}</Badge>
}

export function AlertStatusMark({ status }: { status: AlertStatus }) {
  const { word, ...rest } = look(ALERT, status)
  return <Mark {...rest}>{word}</Mark>
}

const ACCOUNT: Record<AccountStatus, Look> = {
  pending: { tone: 'info', icon: CircleDashed, word: 'Waiting for its first sync' },
  syncing: { tone: 'info', icon: LoaderCircle, word: 'Syncing' },
  healthy: { tone: 'ok', icon: CircleCheck, word: 'Healthy' },
  degraded: { tone: 'warn', icon: TriangleAlert, word: 'Degraded' },
  unreachable: { tone: 'bad', icon: Unplug, word: 'Unreachable' },
  paused: { tone: 'bad', icon: CirclePause, word: 'Paused' },
}

export const accountStatusWord = (status: AccountStatus): string => look(ACCOUNT, status).word

export function AccountMark({ status }: { status: AccountStatus }) {
  const { word, ...rest } = look(ACCOUNT, status)
  return <Mark {...rest}>{word}</Mark>
}

const API: Record<DashboardOverview['systemHealth']['apiStatus'], Look> = {
  healthy: { tone: 'ok', icon: CircleCheck, word: 'Healthy' },
  degraded: { tone: 'warn', icon: TriangleAlert, word: 'Degraded' },
  down: { tone: 'bad', icon: Unplug, word: 'Down' },
  unknown: { tone: 'muted', icon: CircleDashed, word: 'Unknown' },
}

export function ApiMark({ status }: { status: keyof typeof API }) {
  const { word, ...rest } = look(API, status)
  return <Mark {...rest}>{word}</Mark>
}
