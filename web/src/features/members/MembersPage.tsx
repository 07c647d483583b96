import { UserPlus, Users } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useCan } from '@/api/client'
import type { PlatformUser } from '@/api/types'
import { useListAddress } from '@/components/list/address'
import { List } from '@/components/list/List'
import { Empty, NotAllowed } from '@/components/states'
import { Button } from '@/components/ui/Button'
import { useMembers } from '@/queries/members'
import { given } from '@/queries/pages'
import { InviteDialog } from './InviteDialog'
import { DeactivateDialog, RemoveDialog, RoleDialog, TransferDialog } from './MemberDialogs'
import { memberList, type MemberAct } from './memberList'
import { texts } from './texts'

const DIALOGS = { role: RoleDialog, deactivate: DeactivateDialog, remove: RemoveDialog, transfer: TransferDialog }

function Members() {
  const [inviting, setInviting] = useState(false)
  const [acting, setActing] = useState<{ act: MemberAct; member: PlatformUser } | null>(null)
  const definition = useMemo(() => memberList((act, member) => setActing({ act, member })), [])
  const { search, sort, filters } = useListAddress(definition)
  const list = useMembers(given({ search, sort, role: filters.role?.join(','), status: filters.status?.join(',') }))
  const mayWrite = useCan('users:write')
  const ActingDialog = acting && DIALOGS[acting.act]
  const invite = mayWrite && (
    <Button variant="primary" icon={UserPlus} onClick={() => setInviting(true)}>
      {texts.members.invite}
    </Button>
  )
  return (
    <>
      <List
        definition={definition}
        list={list}
        action={invite}
        empty={
          <Empty icon={Users} title={texts.members.title} action={invite}>
            {texts.members.invitePeopleWhoWatch}
          </Empty>
        }
      />
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {acting && ActingDialog && <ActingDialog member={acting.member} onClose={() => setActing(null)} />}
    </>
  )
}

/** Who is in this tenant, and who is invited. */
export function MembersPage() {
  return useCan('users:read') ? <Members /> : <NotAllowed what={texts.membersPage.members} permission="users:read" />
}
