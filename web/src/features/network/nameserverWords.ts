import type { NameserverGroup } from '@/api/types'
import { texts } from './texts'

type Nameserver = NameserverGroup['nameservers'][number]

const USUAL_PORT = 53

/** Of an IPv6 address, the port stands beside brackets. */
export const address = ({ ip, port, nsType }: Nameserver): string => {
  const place = port === USUAL_PORT ? ip : ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`
  return nsType === 'udp' ? place : texts.nameservers.addressBy({ address: place, by: nsType })
}

export const resolves = ({ primary, domains }: NameserverGroup): string => (primary ? texts.nameservers.allOthers : domains.join(', '))
