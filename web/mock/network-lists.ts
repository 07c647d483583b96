import * as access from './access-data'
import { list, type Answer } from './answers'
import * as network from './network-data'

interface Row {
  accountId: string
}

/** What a row is searched by, and what else a query may ask of it. */
interface Kind<T extends Row> {
  rows: () => T[]
  text: (row: T) => string
  has?: (row: T) => Record<string, string | boolean>
}

const kind = <T extends Row>(one: Kind<T>) => (query: URLSearchParams, isEmpty: boolean): Answer => {
  const search = query.get('search')?.toLowerCase() ?? ''
  const isWanted = (row: T) => {
    const has: Record<string, string | boolean> = { accountId: row.accountId, ...one.has?.(row) }
    return one.text(row).toLowerCase().includes(search) && Object.entries(has).every(([name, value]) => [null, String(value)].includes(query.get(name)))
  }
  return list(isEmpty ? [] : one.rows().filter(isWanted))
}

const LISTS: Readonly<Record<string, ReturnType<typeof kind>>> = {
  users: kind({ rows: network.users, text: ({ name, email }) => `${name} ${email}`, has: ({ status, role, isServiceUser }) => ({ status, role, isServiceUser }) }),
  policies: kind({ rows: network.policies, text: ({ name }) => name, has: ({ enabled }) => ({ enabled }) }),
  networks: kind({ rows: network.networks, text: ({ name, sentence }) => `${name} ${sentence}` }),
  routes: kind({ rows: access.routes, text: ({ networkId, sentence }) => `${networkId} ${sentence}`, has: ({ enabled }) => ({ enabled }) }),
  nameservers: kind({ rows: access.nameserverGroups, text: ({ name, sentence }) => `${name} ${sentence}`, has: ({ enabled }) => ({ enabled }) }),
  'posture-checks': kind({ rows: access.postureChecks, text: ({ name, description }) => `${name} ${description}` }),
  'setup-keys': kind({ rows: access.setupKeys, text: ({ name, key }) => `${name} ${key}`, has: ({ state, type }) => ({ state, type }) }),
}

/** A list of what the connected networks have, narrowed as it is asked for. */
export function answerNetworkList(method: string, path: string, query: URLSearchParams, isEmpty: boolean): Answer | undefined {
  const [, name = ''] = /^\/api\/netbird\/([a-z-]+)$/.exec(path) ?? []
  return method === 'GET' ? LISTS[name]?.(query, isEmpty) : undefined
}
