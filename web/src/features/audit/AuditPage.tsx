import { getRouteApi } from '@tanstack/react-router'
import { ScrollText } from 'lucide-react'
import { useMemo } from 'react'
import { AuditExport } from '@/components/AuditExport'
import { useListAddress } from '@/components/list/address'
import { List } from '@/components/list/List'
import { usePageName } from '@/components/pageName'
import { Empty } from '@/components/states'
import { boundsOf } from '@/lib/dateRange'
import { useToday } from '@/lib/ticker'
import { useAuditEntry, useAuditTrail } from '@/queries/audit'
import { useMemberNames } from '@/queries/members'
import { given } from '@/queries/pages'
import { actionWords } from './actions'
import { auditList, resourceQuery } from './auditList'
import { EntrySheet } from './EntrySheet'

const route = getRouteApi('/frame/audit')

const ADDRESS = auditList(undefined)

/** Who did what to which, from where. */
export function AuditPage() {
  const { entry: wanted } = route.useSearch()
  const navigate = route.useNavigate()
  const { filters } = useListAddress(ADDRESS)
  const user = filters.user?.[0]
  const today = useToday()
  const list = useAuditTrail(given({ user, action: filters.action?.[0], ...boundsOf(filters.time?.[0] ?? '', today), ...resourceQuery(filters.resource?.[0]) }))
  const listed = list.items?.find(({ id }) => id === wanted)
  const found = useAuditEntry(listed === undefined && list.items !== undefined ? wanted : undefined)
  const opened = wanted === undefined ? undefined : (listed ?? found)
  usePageName(opened ? actionWords(opened.action) : undefined)
  // By the names of today; of whom is no member any more, by that of their entries.
  const members = useMemberNames('', user !== undefined)
  const whose = members?.find(({ id }) => id === user)?.name ?? list.items?.find((entry) => entry.user.id === user)?.user.name
  const definition = useMemo(() => auditList(whose), [whose])
  const close = () => void navigate({ search: ({ entry: _, ...rest }) => rest, resetScroll: false })
  return (
    <>
      <List
        definition={definition}
        list={list}
        action={<AuditExport />}
        empty={
          <Empty icon={ScrollText} title="Nothing was done yet">
            Whatever somebody changes here, and each time somebody signs in, is written down with who, when and from where.
          </Empty>
        }
      />
      <EntrySheet entry={opened} onClose={close} />
    </>
  )
}
