import { getRouteApi } from '@tanstack/react-router'
import { Dot, TriangleAlert } from 'lucide-react'
import { useCan } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { NetbirdSettings } from '@/api/types'
import { usePageName } from '@/components/pageName'
import { Facts, Section } from '@/components/Section'
import { SkeletonRows } from '@/components/Skeleton'
import { Loaded, NotAllowed, NotOffered } from '@/components/states'
import { Absolute } from '@/components/Time'
import { UNKNOWN } from '@/lib/numbers'
import { nameOf } from '@/lib/refs'
import { useFailure } from '@/queries/failure'
import { useNetbirdSettings } from '@/queries/netbirdSettings'
import { NoSuchAccount } from './NoSuchAccount'
import { settingsInWords, type Said } from './settingsInWords'
import { texts } from './texts'

const route = getRouteApi('/frame/settings/accounts/$accountId/network')

function Line({ said: { text, isLax } }: { said: Said }) {
  const Icon = isLax ? TriangleAlert : Dot
  return (
    <li className="flex items-start gap-2 text-14">
      <Icon {...(isLax ? { role: 'img', 'aria-label': texts.settings.lax } : { 'aria-hidden': true })} className={`mt-0.5 size-4 shrink-0 ${isLax ? 'text-warn-text' : 'text-text-3'}`} />
      <span className={isLax ? 'min-w-0 wrap-anywhere text-warn-text' : 'min-w-0 wrap-anywhere'}>{text}</span>
    </li>
  )
}

function Settings({ account }: { account: NetbirdSettings }) {
  const parts = settingsInWords(account)
  const creator = account.createdBy && nameOf(account.createdBy)
  return (
    <div className="flex flex-col gap-4">
      <Section title={account.accountName} about={texts.settings.about}>
        <Facts
          facts={[
            [texts.settings.domain, account.domain || UNKNOWN],
            [texts.settings.created, account.createdAt ? <Absolute at={account.createdAt} /> : UNKNOWN],
            ...(creator ? [[texts.settings.createdBy, creator] as const] : []),
            [texts.settings.id, <code className="font-mono text-12">{account.id}</code>],
          ]}
        />
      </Section>
      {parts.map(({ title, said }) => (
        <Section key={title} title={title}>
          <ul className="flex flex-col gap-2">
            {said.map((one) => (
              <Line key={one.text} said={one} />
            ))}
          </ul>
        </Section>
      ))}
    </div>
  )
}

function NetworkSettings() {
  const { accountId } = route.useParams()
  const query = useNetbirdSettings(accountId)
  usePageName(query.data?.accountName)
  if (hasSlug(useFailure(query), 'not-offered')) return <NotOffered what={texts.settings.notOffered} />
  return (
    <Loaded query={query} what={texts.settings.loading} skeleton={<SkeletonRows rows={8} className="h-12" />} gone={<NoSuchAccount />}>
      {(account) => <Settings account={account} />}
    </Loaded>
  )
}

/** How one connected network is set, in words. */
export function NetworkSettingsPage() {
  return useCan('netbird:read') ? <NetworkSettings /> : <NotAllowed what={texts.settings.what} permission="netbird:read" />
}
