import type { Column } from '@/components/list/columns'
import { texts } from './texts'

/** Whose it is, where there are several accounts. */
export const accountColumn = <T extends { accountName: string }>(severalAccounts: boolean): Column<T>[] =>
  severalAccounts
    ? [{ id: 'account', title: texts.account, width: 120, priority: 8, card: 'end', text: ({ accountName }) => accountName, cell: ({ accountName }) => <span title={accountName}>{accountName}</span> }]
    : []
