import { useState } from 'react'
import { Choices } from '@/components/Choices'
import { GroupPicker } from '@/components/GroupPicker'
import type { FieldsProps } from './kind'
import { NamePicker } from './NamePicker'
import { isNarrowed, SYSTEMS, type PeersDraft } from './peers'
import { UserPicker } from './UserPicker'

/** Which peers count: one part of the form for all conditions about peers. */
export function PeersFields({ draft, accountId, errorOf, change }: FieldsProps<PeersDraft>) {
  const account = accountId || undefined
  const isWrong = (['exceptGroups', 'names', 'operatingSystems', 'users'] as const).some((field) => errorOf(field) !== undefined)
  const [isOpen, setOpen] = useState(() => isNarrowed(draft))
  return (
    <>
      <GroupPicker
        label="Only peers of these groups"
        hint="A peer of any of them counts. With none, all peers do. A group that is renamed later stays watched."
        accountId={account}
        values={draft.groups}
        error={errorOf('groups')}
        onChange={(groups) => change({ groups })}
      />
      {/* What is wrong is never behind a door. */}
      <details open={isOpen || isWrong} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary className="w-fit rounded-sm text-13 text-accent-text">Narrow down by name, system or user</summary>
        {(isOpen || isWrong) && (
          <div className="mt-3 flex flex-col gap-4">
            <GroupPicker
              label="But not peers of these groups"
              hint="Whoever is in one of them does not count, whatever else it is in."
              accountId={account}
              values={draft.exceptGroups}
              error={errorOf('exceptGroups')}
              onChange={(exceptGroups) => change({ exceptGroups })}
            />
            <NamePicker
              label="Only peers with these names"
              hint="* stands for any characters. Capitals do not matter."
              accountId={account}
              values={draft.names}
              error={errorOf('names')}
              onChange={(names) => change({ names })}
            />
            <Choices row title="Only these operating systems" options={SYSTEMS} chosen={draft.operatingSystems} error={errorOf('operatingSystems')} onChange={(operatingSystems) => change({ operatingSystems })} />
            <UserPicker
              label="Only peers of these users"
              hint="Whoever registered the peer. Peers that joined by a setup key have no user."
              accountId={account}
              values={draft.users}
              error={errorOf('users')}
              onChange={(users) => change({ users })}
            />
          </div>
        )}
      </details>
    </>
  )
}
