import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Monitor } from 'lucide-react'
import { useCan } from '@/api/client'
import type { Command } from '@/components/commands'
import { peerSearchQuery } from '@/queries/peers'

export function usePeerCommands(search: string): Command[] {
  const navigate = useNavigate()
  const peers = useQuery({ ...peerSearchQuery(search), enabled: useCan('netbird:read') && search !== '' })
  if (search === '') return []
  return (peers.data ?? []).map(({ id, accountId, name, ip }) => ({
    id: `peer-${accountId}-${id}`,
    group: 'Peers',
    label: name,
    note: ip,
    icon: Monitor,
    isFound: true,
    // The account that is chosen may not have it.
    run: () =>
      void navigate({
        to: '/peers',
        search: ({ account }) => ({ search: name, peer: `${accountId}/${id}`, ...(account !== undefined && { account: accountId }) }),
      }),
  }))
}
