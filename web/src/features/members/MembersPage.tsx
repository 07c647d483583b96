import { getRouteApi } from '@tanstack/react-router'
import { UserPlus, Users } from 'lucide-react'
import { useState } from 'react'
import { useCan } from '@/api/client'
import type { PlatformUser } from '@/api/types'
import { ROLES, roleTitle } from '@/components/roles'
import { SearchInput } from '@/components/SearchInput'
import { SkeletonRows } from '@/components/Skeleton'
import { Empty, Loaded, NotAllowed } from '@/components/states'
import { Button } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { grouped, plural } from '@/lib/numbers'
import { useMembers } from '@/queries/members'
import { InviteDialog } from './InviteDialog'
import { DeactivateDialog, RemoveDialog, RoleDialog, TransferDialog } from './MemberDialogs'
import { MemberList, STATUS_WORDS, type MemberAct } from './MemberList'

const route = getRouteApi('/frame/settings/members')

const SELECT = 'h-8 rounded-md border border-line bg-surface-1 px-2 text-13 hover:border-line-strong touch:h-11'

function Filters() {
  const { search, role, status } = route.useSearch()
  const navigate = route.useNavigate()
  const set = (change: Record<string, string>) =>
    void navigate({
      search: (before) => Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== '')),
      replace: true,
      resetScroll: false,
    })
  return (
    <>
      <SearchInput label="Search members" placeholder="Name, email" value={search ?? ''} onSearch={(text) => set({ search: text })} />
      <select aria-label="Role" className={SELECT} value={role?.[0] ?? ''} onChange={(event) => set({ role: event.target.value })}>
        <option value="">All roles</option>
        {ROLES.map((value) => (
          <option key={value} value={value}>
            {roleTitle(value)}
          </option>
        ))}
      </select>
      <select aria-label="Status" className={SELECT} value={status?.[0] ?? ''} onChange={(event) => set({ status: event.target.value })}>
        <option value="">All states</option>
        {Object.entries(STATUS_WORDS).map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </>
  )
}

const DIALOGS = { role: RoleDialog, deactivate: DeactivateDialog, remove: RemoveDialog, transfer: TransferDialog }

function Members() {
  const { search, role, status } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useMembers({ ...(search && { search }), ...(role && { role: role.join(',') }), ...(status && { status: status.join(',') }) })
  const mayWrite = useCan('users:write')
  const [inviting, setInviting] = useState(false)
  const [acting, setActing] = useState<{ act: MemberAct; member: PlatformUser } | null>(null)
  const filtered = search !== undefined || role !== undefined || status !== undefined
  const total = query.data?.total
  const ActingDialog = acting && DIALOGS[acting.act]
  const invite = mayWrite && (
    <Button variant="primary" icon={UserPlus} onClick={() => setInviting(true)}>
      Invite
    </Button>
  )
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <Filters />
        <p role="status" className="ml-auto text-13 text-text-3">
          {typeof total === 'number' && plural(total, 'member')}
        </p>
        {invite}
      </div>
      <Card>
        <Loaded query={query} what="the members" skeleton={<SkeletonRows rows={8} className="h-13" />}>
          {({ items }) =>
            items.length === 0 ? (
              filtered ? (
                <Empty title="No member matches" action={<Button onClick={() => void navigate({ search: {}, replace: true })}>Clear filters</Button>}>
                  Nobody fits the search and filters together.
                </Empty>
              ) : (
                <Empty icon={Users} title="Nobody else yet" action={invite}>
                  Invite those who watch the network with you; each gets a role.
                </Empty>
              )
            ) : (
              <MemberList members={items} fading={query.isPlaceholderData} onAct={(act, member) => setActing({ act, member })} />
            )
          }
        </Loaded>
      </Card>
      {query.hasNextPage && (
        <div className="mt-4 flex items-center justify-center gap-3">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
          {query.data && typeof total === 'number' && (
            <span className="text-13 text-text-3">
              {grouped(query.data.items.length)} of {grouped(total)}
            </span>
          )}
        </div>
      )}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {acting && ActingDialog && <ActingDialog member={acting.member} onClose={() => setActing(null)} />}
    </>
  )
}

/** Who is in this tenant, and who is invited. */
export function MembersPage() {
  return useCan('users:read') ? <Members /> : <NotAllowed what="the members" permission="users:read" />
}
