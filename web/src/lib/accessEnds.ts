/** What a question of who reaches what may be about. */
export type EndKind = 'peer' | 'group' | 'resource' | 'route'

/** One side of a question, by NetBird's id. */
export interface End {
  kind: EndKind
  id: string
}

/** Who may open a connection. */
export const SOURCES = ['group', 'peer'] as const satisfies readonly EndKind[]
/** Who or what may be reached. */
export const TARGETS = ['group', 'peer', 'resource', 'route'] as const satisfies readonly EndKind[]

/** No id of NetBird's is as long. */
const LONGEST_ID = 200

/** `group:d1k5c8`, as the address and the API write it; undefined for what is none of these kinds. */
export function parseEnd(written: unknown, kinds: readonly EndKind[]): End | undefined {
  if (typeof written !== 'string') return undefined
  const colon = written.indexOf(':')
  const kind = kinds.find((one) => one === written.slice(0, colon))
  const id = written.slice(colon + 1)
  return kind && id.trim() !== '' && id.length <= LONGEST_ID ? { kind, id } : undefined
}

export const writeEnd = ({ kind, id }: End): string => `${kind}:${id}`

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
