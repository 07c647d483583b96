import { useAccountFilter } from '@/components/accountFilter'
import type { Option } from '@/components/list/definition'
import { useGroupNames } from '@/queries/groups'

function useGroupOptions(typed: string): readonly Option[] | undefined {
  return useGroupNames(typed, useAccountFilter())?.map(({ name }) => ({ value: name, label: name }))
}

/** Narrows a list to what is about a group of this name. */
export const GROUP_FILTER = { id: 'group', title: 'Group', open: true, useOptions: useGroupOptions } as const
