import type { Query, QueryClient, QueryKey } from '@tanstack/react-query'
import type { Account, Alert, DashboardOverview } from '@/api/types'
import { keys } from '@/queries/keys'
import type { LiveNews } from './link'
import { OF_ALERTS, OF_PEERS, OF_SYNCS } from './news'

interface Pace {
  /** Tabs that are told at the same moment ask within this of each other. */
  spread: number
  /** A query is asked again no sooner. */
  gap: number
}

const AT_ONCE: Pace = { spread: 500, gap: 1000 }
/** Many accounts are synced every minute, and whoever is told of one is told with a thousand others. */
const CALMLY: Pace = { spread: 3000, gap: 15_000 }

type Concerns = (key: QueryKey) => boolean

const isOf =
  (kinds: readonly QueryKey[]): Concerns =>
  ([word]) =>
    kinds.some((kind) => kind[0] === word)

/** What begins like this. */
const isIn =
  (start: QueryKey): Concerns =>
  (key) =>
    start.every((part, place) => key[place] === part)

/** Whether polling would ask for it now, which news only does sooner: a page of a list that is out of sight waits until it is seen. */
function isWatched({ observers }: Query): boolean {
  return observers.some(
    ({ options: { enabled, refetchInterval, refetchIntervalInBackground } }) =>
      enabled !== false && refetchInterval !== undefined && refetchInterval !== false && (refetchIntervalInBackground === true || !document.hidden),
  )
}

/** What is told becomes what is shown: alerts at once, all else by asking again for what is on screen. */
export function createUpdates(client: QueryClient, random: () => number) {
  const luck = random()
  const askedAt = new WeakMap<Query, number>()
  const due = new Map<Query, number>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function arm(): void {
    clearTimeout(timer)
    if (due.size === 0) return
    const wait = Math.min(...due.values()) - Date.now()
    if (wait > 0) timer = setTimeout(ask, wait)
    else ask()
  }

  function ask(): void {
    const now = Date.now()
    const asked = new Set([...due].filter(([, at]) => at <= now).map(([query]) => query))
    for (const query of asked) {
      due.delete(query)
      askedAt.set(query, now)
      // A first answer that is on its way is not asked for twice, and may be from before.
      if (query.state.data === undefined && query.state.fetchStatus !== 'idle') due.set(query, now + AT_ONCE.gap)
    }
    void client.refetchQueries({ predicate: (query) => asked.has(query) && isWatched(query) })
    arm()
  }

  /** What the words are about is old now, and asked for again in time where somebody looks at it. */
  function outdate(concerns: Concerns, { spread, gap }: Pace): void {
    const now = Date.now()
    // Timers of hidden tabs may be a minute late, and the title tells of alerts there.
    const later = document.hidden && gap === AT_ONCE.gap ? 0 : luck * spread
    for (const query of client.getQueryCache().findAll({ predicate: ({ queryKey }) => concerns(queryKey) })) {
      query.invalidate()
      const at = Math.max(now + later, (askedAt.get(query) ?? 0) + gap)
      due.set(query, Math.min(at, due.get(query) ?? at))
    }
    arm()
  }

  /** Only what may show this account: what is narrowed to another has it in its key. */
  function ofAccount(accountId: string): Concerns {
    const others = (client.getQueryData<Account[]>(keys.accounts) ?? []).filter(({ id }) => id !== accountId)
    return (key) => {
      const text = JSON.stringify(key)
      return text.includes(accountId) || !others.some(({ id }) => text.includes(id))
    }
  }

  function synced(accountId: string | null | undefined): void {
    const ofSyncs = isOf(OF_SYNCS)
    const inView = accountId == null ? () => true : ofAccount(accountId)
    outdate((key) => ofSyncs(key) && inView(key), CALMLY)
  }

  function alerted(alert: Alert): void {
    patch(client, alert)
    const ofAlerts = isOf(OF_ALERTS)
    const isAlert = isIn(keys.alert.one(alert.id))
    outdate((key) => ofAlerts(key) || isAlert(key), AT_ONCE)
  }

  return {
    take: (news: LiveNews): void => {
      switch (news.type) {
        case 'alert_triggered':
        case 'alert_updated':
          alerted(news.alert)
          break
        case 'peer_status_changed': {
          const inView = ofAccount(news.accountId)
          const ofPeers = isOf(OF_PEERS)
          const ofOnePeer = isOf([keys.peer.all, keys.peerHistory.all])
          const ids = new Set<unknown>(news.changes.map(({ peerId }) => peerId))
          outdate((key) => (ofPeers(key) || (ofOnePeer(key) && ids.has(key[2]))) && inView(key), AT_ONCE)
          break
        }
        case 'sync_completed':
          synced(news.accountId)
          break
        case 'reload':
          if (news.what === 'alerts') outdate(isOf([...OF_ALERTS, keys.alert.all]), AT_ONCE)
          else if (news.what === 'peers') synced(news.accountId)
          else outdate(() => true, { ...CALMLY, gap: AT_ONCE.gap })
      }
    },
    stop: () => clearTimeout(timer),
  }
}

/** An alert as it is now, wherever an earlier state of it is loaded. Its age stays what it was: nothing else of the answer is newer. */
function patch(client: QueryClient, alert: Alert): void {
  const renewed = (held: Alert): Alert => {
    if (held.id !== alert.id || held.version >= alert.version) return held
    const { history, notifications } = held
    // Its page knows more steps and notifications than a list does.
    if (history) return { ...alert, history, notifications }
    return alert.notifications.length > 0 ? alert : { ...alert, notifications }
  }
  const renewedAll = (alerts: Alert[]): Alert[] => {
    const next = alerts.map(renewed)
    return next.every((one, index) => one === alerts[index]) ? alerts : next
  }
  const change = <T,>(key: QueryKey, exact: boolean, update: (data: T) => T) => {
    for (const query of client.getQueryCache().findAll({ queryKey: key, exact })) {
      const held = query.state.data as T | undefined
      const next = held && update(held)
      if (next !== held) client.setQueryData(query.queryKey, next, { updatedAt: query.state.dataUpdatedAt })
    }
  }
  change<Alert>(keys.alert.one(alert.id), true, renewed)
  change<Alert[] | { items: Alert[] }>(keys.alerts.all, false, (list) => {
    if (Array.isArray(list)) return renewedAll(list)
    const items = renewedAll(list.items)
    return items === list.items ? list : { ...list, items }
  })
  change<DashboardOverview>(keys.overview.all, false, (overview) => {
    const [needsAttention, recentAlerts] = [renewedAll(overview.needsAttention), renewedAll(overview.recentAlerts)]
    return needsAttention === overview.needsAttention && recentAlerts === overview.recentAlerts ? overview : { ...overview, needsAttention, recentAlerts }
  })
}
