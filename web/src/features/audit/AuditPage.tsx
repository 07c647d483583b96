import { getRouteApi } from '@tanstack/react-router'
import { ChartNoAxesColumn, ScrollText, ShieldCheck } from 'lucide-react'
import { useMemo } from 'react'
import { AuditExportMenu } from '@/components/AuditExport'
import { useListAddress } from '@/components/list/address'
import { List } from '@/components/list/List'
import { usePageName } from '@/components/pageName'
import { Empty } from '@/components/states'
import { Button } from '@/components/ui/Button'
import { boundsOf } from '@/lib/dateRange'
import { useToday } from '@/lib/ticker'
import { useAuditEntry, useAuditTrail, type AuditFilters } from '@/queries/audit'
import { useMemberNames } from '@/queries/members'
import { given } from '@/queries/pages'
import { actionWords } from './actions'
import { auditList, NOBODY, NOBODY_WORDS, resourceQuery } from './auditList'
import { EntrySheet } from './EntrySheet'
import { Summary } from './Summary'
import { texts } from './texts'
import { thisMonth, Verification } from './Verification'

const route = getRouteApi('/frame/audit')

const ADDRESS = auditList(undefined)

/** Who did what to which, from where. */
export function AuditPage() {
  const { entry: wanted, summary, verify } = route.useSearch()
  const navigate = route.useNavigate()
  const { search, filters, isNarrowed } = useListAddress(ADDRESS)
  const user = filters.user?.[0]
  const today = useToday()
  const asked: AuditFilters = given({
    text: search,
    user,
    action: filters.action?.[0],
    ip: filters.ip?.[0],
    session: filters.session?.[0],
    ...boundsOf(filters.time?.[0] ?? '', today),
    ...resourceQuery(filters.resource?.[0]),
  })
  const list = useAuditTrail(asked)
  const listed = list.items?.find(({ id }) => id === wanted)
  const found = useAuditEntry(listed === undefined && list.items !== undefined ? wanted : undefined)
  const opened = wanted === undefined ? undefined : (listed ?? found)
  usePageName(opened ? actionWords(opened.action) : undefined)
  // By the names of today; of whom is no member any more, by that of their entries.
  const members = useMemberNames('', user !== undefined)
  const whose = user === NOBODY ? NOBODY_WORDS : members?.find(({ id }) => id === user)?.name ?? list.items?.find((entry) => entry.user.id === user)?.user.name
  const definition = useMemo(() => auditList(whose), [whose])
  const isSummed = summary !== undefined
  const toggleSummary = () => void navigate({ search: ({ summary: _, ...rest }) => (isSummed ? rest : { ...rest, summary: '1' }), resetScroll: false })
  const verifyMonth = (month: string | undefined) => void navigate({ search: ({ verify: _, ...rest }) => (month === undefined ? rest : { ...rest, verify: month }), resetScroll: false })
  const close = () => void navigate({ search: ({ entry: _, ...rest }) => rest, resetScroll: false })
  return (
    <>
      <List
        definition={definition}
        list={list}
        action={
          <AuditExportMenu filters={asked} isNarrowed={isNarrowed}>
            <Button icon={ChartNoAxesColumn} aria-expanded={isSummed} className="max-sm:flex-1" onClick={toggleSummary}>
              {texts.page.summary}
            </Button>
            <Button icon={ShieldCheck} aria-expanded={verify !== undefined} className="max-sm:flex-1" onClick={() => verifyMonth(verify === undefined ? thisMonth() : undefined)}>
              {texts.page.verify}
            </Button>
          </AuditExportMenu>
        }
        above={
          <>
            {verify !== undefined && <Verification month={verify} onMonth={verifyMonth} />}
            {isSummed && <Summary filters={asked} isNarrowed={isNarrowed} />}
          </>
        }
        empty={
          <Empty icon={ScrollText} title={texts.page.emptyTitle}>
            {texts.page.empty}
          </Empty>
        }
      />
      <EntrySheet entry={opened} onClose={close} />
    </>
  )
}
