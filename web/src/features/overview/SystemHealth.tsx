import { Link } from '@tanstack/react-router'
import type { AccountHealth, DashboardOverview } from '@/api/types'
import { explainReason } from '@/components/connectionReasons'
import { ApiMark } from '@/components/status'
import { Ago } from '@/components/Time'
import { Card } from '@/components/ui/Card'
import { grouped } from '@/lib/numbers'
import { HealthLegend, HealthStrip } from './HealthStrip'
import { texts } from './texts'

function host(baseUrl: string): string {
  const url = URL.parse(baseUrl)
  return url?.hostname === 'api.netbird.io' ? texts.systemHealth.netbirdCloud : (url?.host ?? baseUrl)
}

/** Accounts of which the last day is asked for, too: those that stand first. */
const WITH_STRIP = 10
/** With no more of them, a strip has a cell for each quarter of an hour. */
const FEW = 3

function Row({ account, hasStrip, isFine }: { account: AccountHealth; hasStrip: boolean; isFine: boolean }) {
  return (
    <>
    <tr className="border-t border-line row-h">
      <th scope="row" className="max-w-0 truncate pl-4 text-left font-normal">
        {account.name} <span className="text-text-3">{host(account.baseUrl)}</span>
      </th>
      <td className="px-2 sm:px-3" title={account.statusReason ? explainReason(account.statusReason).title : undefined}>
        <ApiMark status={account.apiStatus} />
      </td>
      <td className="px-2 whitespace-nowrap sm:px-3">{account.lastSync ? <Ago at={account.lastSync} /> : texts.systemHealth.never}</td>
      <td className="pr-4 text-right">{grouped(account.errorCount)}</td>
    </tr>
    {hasStrip && (
      <tr>
        <td colSpan={4} className="px-4 pb-2.5">
          <HealthStrip accountId={account.id} name={account.name} isFine={isFine} />
        </td>
      </tr>
    )}
    </>
  )
}

export function SystemHealth({ health }: { health: DashboardOverview['systemHealth'] }) {
  return (
    <Card
      title={texts.systemHealth.title}
      note={texts.systemHealth.note}
      action={
        <Link to="/settings/accounts" className="text-accent-text hover:underline">
          {texts.systemHealth.accounts}
        </Link>
      }
    >
      <table className="w-full table-fixed text-14">
        <thead>
          <tr className="row-h text-left text-12 text-text-3">
            <th scope="col" className="pl-4 font-normal">
              {texts.systemHealth.account}
            </th>
            <th scope="col" className="w-26 px-2 font-normal sm:w-28 sm:px-3">
              {texts.systemHealth.netbirdApi}
            </th>
            <th scope="col" className="w-24 px-2 font-normal sm:w-28 sm:px-3">
              {texts.systemHealth.lastSync}
            </th>
            <th scope="col" className="w-14 pr-4 sm:w-16 text-right font-normal" title={texts.systemHealth.errorsInFull}>
              {texts.systemHealth.errors}
            </th>
          </tr>
        </thead>
        <tbody>
          {health.accounts.map((account, index) => (
            <Row key={account.id} account={account} hasStrip={index < WITH_STRIP} isFine={health.accounts.length <= FEW} />
          ))}
          {health.accounts.length === 0 && (
            <tr className="border-t border-line row-h">
              <td colSpan={4} className="px-4 text-text-3">
                {texts.systemHealth.none}
              </td>
            </tr>
          )}
        </tbody>
      </table>
      {health.accounts.length > 0 && <HealthLegend />}
    </Card>
  )
}
