import { useAccountFilter } from '@/components/accountFilter'
import type { Option } from '@/components/list/definition'
import { useGroupNames } from '@/queries/groups'
import { texts } from './texts'

function useGroupOptions(typed: string): readonly Option[] | undefined {
  return useGroupNames(typed, useAccountFilter())?.map(({ name }) => ({ value: name, label: name }))
}

/** Narrows a list to what is about a group of this name. */
export const GROUP_FILTER = { id: 'group', title: texts.group, open: true, useOptions: useGroupOptions } as const
