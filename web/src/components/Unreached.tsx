import clsx from 'clsx'
import type { Recipient } from '@/api/types'
import { listed } from '@/lib/numbers'
import { recipientLook, unreached } from './recipientStatus'
import { TEXT_TONE } from './ui/Badge'

/** Addresses that do not hear it, by why: items of a list. */
export function Unreached({ addresses, recipients }: { addresses: readonly string[]; recipients: readonly Recipient[] }) {
  return unreached(addresses, recipients).map(({ status, emails }) => {
    const { word, tone, icon: Icon } = recipientLook(status)
    return (
      <li key={status} className={clsx('flex w-full min-w-0 items-start gap-1.5', TEXT_TONE[tone])}>
        <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
        <span className="min-w-0 wrap-anywhere">
          {word}: {listed(emails)}
        </span>
      </li>
    )
  })
}
