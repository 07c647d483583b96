import { useState } from 'react'
import type { Group } from '@/api/types'
import { listed } from '@/lib/numbers'
import { useFoundGroups } from '@/queries/groups'
import { ChipPicker, type Choice } from './ChipPicker'
import { texts } from './texts/forms'
import { TokenField } from './TokenField'

interface GroupPickerProps {
  label: string
  hint: string
  error?: string | undefined
  /** Only groups of this account. */
  accountId?: string | undefined
  values: readonly string[]
  onChange: (values: string[]) => void
}

/** Accounts have groups of the same name: one choice, with what is in each. */
function choices(groups: readonly Group[], isOfOne: boolean): Choice[] {
  const named = new Map<string, Group[]>()
  for (const group of groups) named.set(group.name, [...(named.get(group.name) ?? []), group])
  return [...named].map(([value, all]) => ({
    value,
    note: isOfOne || all.length === 1 ? inOne(all[0], isOfOne) : listed(all.map(({ accountName, peersCount }) => texts.groupPicker.countIn({ count: peersCount, account: accountName }))),
  }))
}

function inOne(group: Group | undefined, isOfOne: boolean): string {
  if (!group) return ''
  const count = group.peersCount
  return isOfOne ? texts.groupPicker.peers({ count }) : texts.groupPicker.peersIn({ count, account: group.accountName })
}

/** Groups of the connected networks, found by name. Before any network was read, names are typed. */
export function GroupPicker({ accountId, values, onChange, label, hint, error }: GroupPickerProps) {
  const [typed, setTyped] = useState('')
  const of = accountId ? { accountId } : {}
  const all = useFoundGroups(of)
  const found = useFoundGroups({ ...of, search: typed.trim() })
  const accounts = new Set(all.data?.items.map((group) => group.accountId))
  if (all.isError || all.data?.items.length === 0) {
    return <TokenField label={label} optional hint={hint} placeholder={texts.groupPicker.placeholder} values={values} error={error} onChange={onChange} />
  }
  // Until the answer is there, what was found before is narrowed: a choice that is pressed does not move away.
  const has = typed.trim().toLowerCase()
  const list = choices(found.data?.items ?? [], accounts.size < 2).filter(({ value }) => !values.includes(value) && value.toLowerCase().includes(has))
  return (
    <ChipPicker
      {...{ label, hint, error, values, onChange, typed, list }}
      onType={setTyped}
      placeholder={texts.groupPicker.label}
      none={texts.groupPicker.noFurther}
      isBusy={found.isPending}
      unknown={(text) => texts.groupPicker.none({ text })}
    />
  )
}
