import { useState } from 'react'
import type { NetbirdUser } from '@/api/types'
import { ChipPicker, type Choice } from '@/components/ChipPicker'
import { useFoundUsers } from '@/queries/network'
import { given } from '@/queries/pages'
import { texts } from './texts'

interface UserPickerProps {
  label: string
  hint: string
  error?: string | undefined
  /** Only users of this account. */
  accountId: string | undefined
  values: readonly string[]
  onChange: (values: string[]) => void
}

/** By address where there is one: it says who is meant, and is the same in every account. */
function choices(users: readonly NetbirdUser[], text: string): Choice[] {
  const by = new Map<string, Choice>()
  for (const { id, name, email, isServiceUser } of users) {
    if (!`${name} ${email} ${id}`.toLowerCase().includes(text.toLowerCase())) continue
    const value = email || id
    by.set(value, { value, word: name || value, note: isServiceUser ? texts.userPicker.serviceUser : name ? value : '' })
  }
  return [...by.values()]
}

/** NetBird's users, found by name or address; who is not there yet may be written by address. */
export function UserPicker({ accountId, values, onChange, ...field }: UserPickerProps) {
  const [typed, setTyped] = useState('')
  const text = typed.trim()
  const all = useFoundUsers(given({ accountId }))
  const found = useFoundUsers(given({ search: text || undefined, accountId }))
  const isReadable = !all.isError && all.data?.length !== 0
  const users = choices(found.data ?? [], text).filter(({ value }) => !values.includes(value))
  // Whoever is found comes first; an address that nobody has may be written all the same.
  const written: Choice[] = text.includes('@') && !values.includes(text) && !users.some(({ value }) => value === text) ? [{ value: text, note: texts.userPicker.address }] : []
  return (
    <ChipPicker
      {...field}
      {...{ values, onChange, typed }}
      list={[...users, ...written]}
      onType={setTyped}
      placeholder={texts.userPicker.placeholder}
      none={found.isError ? texts.userPicker.usersCouldNotBe : texts.userPicker.noFurtherUserName}
      isBusy={found.isPending}
      // Somebody who is yet to come has an address already; before any network was read, nothing can be looked up.
      unknown={(value) => (isReadable && !value.includes('@') ? texts.userPicker.noUserCalled({ value }) : undefined)}
    />
  )
}
