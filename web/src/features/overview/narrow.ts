import type { Account, Alert, DashboardOverview } from '@/api/types'

function countOpen(alerts: readonly Alert[]): DashboardOverview['openAlerts'] {
  const open = alerts.filter(({ status }) => status === 'open')
  const of = (severity: Alert['severity']) => open.filter((alert) => alert.severity === severity).length
  return { total: open.length, critical: of('critical'), high: of('high'), medium: of('medium'), low: of('low') }
}

/** The overview of one account: what is not counted by account is unknown, not the sum of all. */
export function narrowTo(account: Account, overview: DashboardOverview): DashboardOverview {
  const ofAccount = ({ accountId }: { accountId: string }) => accountId === account.id
  const recentAlerts = overview.recentAlerts.filter(ofAccount)
  const peers = account.lastSync ? account.peers : null
  return {
    ...overview,
    totalPeers: peers?.total ?? null,
    onlinePeers: peers?.online ?? null,
    offlinePeers: peers?.offline ?? null,
    unconfirmedPeers: peers?.unconfirmed ?? null,
    totalUsers: null,
    activeUsers: null,
    totalGroups: null,
    totalPolicies: null,
    networkTrends: {},
    recentAlerts,
    openAlerts: countOpen(recentAlerts),
    systemHealth: { ...overview.systemHealth, accounts: overview.systemHealth.accounts.filter(({ id }) => id === account.id) },
    latestEvents: overview.latestEvents.filter(ofAccount),
  }
}
