import { isIp } from './ip'

/** What a question of who reaches what may be about. */
export type EndKind = 'peer' | 'group' | 'user' | 'any' | 'resource' | 'route' | 'domain' | 'address'

/** One side of a question, by NetBird's id; a domain or an address is its own, and every peer is `any`. */
export interface End {
  kind: EndKind
  id: string
}

/** Who may open a connection. */
export const SOURCES = ['any', 'group', 'peer', 'user'] as const satisfies readonly EndKind[]
/** Who or what may be reached. */
export const TARGETS = ['any', 'group', 'peer', 'user', 'resource', 'route', 'address', 'domain'] as const satisfies readonly EndKind[]

/** What opens connections; all else is only reached. */
export const opens = (kind: EndKind): boolean => SOURCES.some((one) => one === kind)

/** Every peer of an account, in both of its places. */
export const ANY: End = { kind: 'any', id: 'any' }

/** No id of NetBird's is as long. */
const LONGEST_ID = 200
const LONGEST_DOMAIN = 253

/** "10.0.0.5", "10.0.0.0/8" */
export function isAddress(text: string): boolean {
  const [ip = '', bits, ...more] = text.split('/')
  return more.length === 0 && isIp(ip) && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (ip.includes(':') ? 128 : 32)))
}

/** "db.example.com", "*.example.com": a name with a dot, that is no address half typed. */
export const isDomain = (text: string): boolean => text.length <= LONGEST_DOMAIN && /^(\*\.)?([\p{L}\p{N}_-]{1,63}\.)+(?!\d+\.?$)[\p{L}\p{N}_-]{1,63}\.?$/u.test(text)

const fits = (kind: EndKind, id: string): boolean => (kind === 'address' ? isAddress(id) : kind === 'domain' ? isDomain(id) : id.trim() !== '' && id.length <= LONGEST_ID)

/** `group:d1k5c8`, as the address and the API write it; undefined for what is none of these kinds. */
export function parseEnd(written: unknown, kinds: readonly EndKind[]): End | undefined {
  if (typeof written !== 'string') return undefined
  if (written === 'any') return kinds.includes('any') ? ANY : undefined
  const colon = written.indexOf(':')
  const kind = kinds.find((one) => one !== 'any' && one === written.slice(0, colon))
  const id = written.slice(colon + 1)
  return kind && fits(kind, id) ? { kind, id } : undefined
}

export const writeEnd = ({ kind, id }: End): string => (kind === 'any' ? 'any' : `${kind}:${id}`)

/** An end as the API tells it. */
export const endOf = ({ type, id }: { type: string; id: string }, kinds: readonly EndKind[]): End | undefined => parseEnd(type === 'any' ? type : `${type}:${id}`, kinds)

/** The address of a question, as far as it is asked. */
export interface AccessSearch {
  of?: string
  from?: string
  to?: string
  protocol?: 'tcp' | 'udp' | 'icmp'
  port?: string
}

/** On what a rule of a policy is, where a question can ask for just that. */
export function askedOn(protocol: string, ports: readonly string[]): Pick<AccessSearch, 'protocol' | 'port'> {
  if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'icmp') return {}
  const [port, ...others] = ports
  return protocol !== 'icmp' && port !== undefined && others.length === 0 && isPort(port) ? { protocol, port } : { protocol }
}

export const isPort = (text: string): boolean => /^(0|[1-9]\d{0,4})$/.test(text) && Number(text) <= 65_535

/** The protocols that a question, a rule or a filter may be about. */
export const PROTOCOLS = [
  { value: 'tcp', label: 'TCP' },
  { value: 'udp', label: 'UDP' },
  { value: 'icmp', label: 'ICMP' },
] as const
