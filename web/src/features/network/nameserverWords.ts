import type { NameserverGroup } from '@/api/types'

type Nameserver = NameserverGroup['nameservers'][number]

const USUAL_PORT = 53

/** Of an IPv6 address, the port stands beside brackets. */
export const address = ({ ip, port, nsType }: Nameserver): string => {
  const place = port === USUAL_PORT ? ip : ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`
  return nsType === 'udp' ? place : `${place} (${nsType})`
}

export const resolves = ({ primary, domains }: NameserverGroup): string => (primary ? 'All other domains' : domains.join(', '))
