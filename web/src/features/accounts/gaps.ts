import type { Account } from '@/api/types'
import { listed } from '@/lib/numbers'

type Gapped = Pick<Account, 'status' | 'notOffered' | 'notReadable'>

/** What the API's own names of lists do not say. */
const TITLES: ReadonlyMap<string, string> = new Map([
  ['accounts', 'the account’s settings'],
  ['dns settings', 'DNS settings'],
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
      : [
          `The server does not give ${listed(listTitles(notOffered))} to this token: its release does not have them, or the role of the token’s user is too small.${isRestRead ? ' Everything else is read.' : ''}`,
        ]),
    ...(notReadable.length === 0
      ? []
      : [`The server’s ${notReadable.length === 1 ? 'answer' : 'answers'} for ${listed(listTitles(notReadable))} could not be read: what is shown of them is from before.`]),
  ]
}
