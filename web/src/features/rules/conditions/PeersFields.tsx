import { useState } from 'react'
import { Choices } from '@/components/Choices'
import { GroupPicker } from '@/components/GroupPicker'
import type { FieldsProps } from './kind'
import { NamePicker } from './NamePicker'
import { isNarrowed, SYSTEMS, type PeersDraft } from './peers'
import { texts } from './texts'
import { UserPicker } from './UserPicker'

/** Which peers count: one part of the form for all conditions about peers. */
export function PeersFields({ draft, accountId, errorOf, change }: FieldsProps<PeersDraft>) {
  const account = accountId || undefined
  const isWrong = (['exceptGroups', 'names', 'operatingSystems', 'users'] as const).some((field) => errorOf(field) !== undefined)
  const [isOpen, setOpen] = useState(() => isNarrowed(draft))
  return (
    <>
      <GroupPicker
        label={texts.peersFields.onlyPeersTheseGroups}
        hint={texts.peersFields.onlyPeersTheseGroupsHint}
        accountId={account}
        values={draft.groups}
        error={errorOf('groups')}
        onChange={(groups) => change({ groups })}
      />
      {/* What is wrong is never behind a door. */}
      <details open={isOpen || isWrong} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary className="w-fit rounded-sm text-13 text-accent-text">{texts.peersFields.narrowDownByName}</summary>
        {(isOpen || isWrong) && (
          <div className="mt-3 flex flex-col gap-4">
            <GroupPicker
              label={texts.peersFields.butNotPeersThese}
              hint={texts.peersFields.butNotPeersTheseHint}
              accountId={account}
              values={draft.exceptGroups}
              error={errorOf('exceptGroups')}
              onChange={(exceptGroups) => change({ exceptGroups })}
            />
            <NamePicker
              label={texts.peersFields.onlyPeersWithThese}
              hint={texts.peersFields.onlyPeersWithTheseHint}
              accountId={account}
              values={draft.names}
              error={errorOf('names')}
              onChange={(names) => change({ names })}
            />
            <Choices row title={texts.peersFields.title} options={SYSTEMS} chosen={draft.operatingSystems} error={errorOf('operatingSystems')} onChange={(operatingSystems) => change({ operatingSystems })} />
            <UserPicker
              label={texts.peersFields.onlyPeersTheseUsers}
              hint={texts.peersFields.onlyPeersTheseUsersHint}
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
