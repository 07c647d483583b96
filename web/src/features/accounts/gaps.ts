import type { Account } from '@/api/types'
import { texts } from './texts'

type Gapped = Pick<Account, 'status' | 'notOffered' | 'notReadable'>

/** What the API's own names of lists do not say. */
const TITLES: ReadonlyMap<string, string> = new Map([
  ['accounts', texts.gaps.accounts],
  ['dns settings', texts.gaps.dns],
])

export const listTitles = (lists: readonly string[]): string[] => lists.map((list) => TITLES.get(list) ?? list)

export const hasGaps = (account: Gapped): boolean => account.notOffered.length > 0 || account.notReadable.length > 0

/** What is not read of an account, though the account is. */
export function gapsInWords(account: Gapped): string[] {
  const { status, notOffered, notReadable } = account
  const isRestRead = status === 'healthy' && notReadable.length === 0
  return [
    ...(notOffered.length === 0
      ? []
      : [texts.gaps.notOffered({ lists: listTitles(notOffered), isRestRead })]),
    ...(notReadable.length === 0
      ? []
      : [texts.gaps.notReadable({ lists: listTitles(notReadable) })]),
  ]
}
