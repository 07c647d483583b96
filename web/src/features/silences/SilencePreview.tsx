import { useMemo, type ReactNode } from 'react'
import type { SilencePreview as Preview } from '@/api/types'
import { Card } from '@/components/ui/Card'
import { phrase } from '@/lib/phrase'
import { useSettled } from '@/lib/useSettled'
import { useSilencePreview } from '@/queries/silences'
import { toPreview, type SilenceDraft } from './silenceDraft'
import { texts } from './texts'

/** As many rules and alerts are named; the others are counted. */
const NAMED = 8

const quiet = (words: ReactNode) => <span className="text-text-3">{words}</span>

function Rules({ rules }: Pick<Preview, 'rules'>) {
  if (rules.length === 0) return <p className="mt-2">{texts.preview.noRule}</p>
  const rest = rules.length - NAMED
  return (
    <>
      <h3 className="mt-3 text-13 font-semibold">{texts.preview.rules({ count: rules.length })}</h3>
      <ul className="mt-1 flex flex-col gap-0.5">
        {rules.slice(0, NAMED).map(({ ruleId, ruleName, accounts, accountNames }) => (
          <li key={ruleId} className="break-words">
            {phrase(texts.preview.within, { name: ruleName, accounts: texts.preview.named({ names: accountNames, rest: accounts - accountNames.length }), quiet })}
          </li>
        ))}
        {rest > 0 && <li className="text-text-3">{texts.preview.rest({ count: rest })}</li>}
      </ul>
    </>
  )
}

/** Of whom it is, where it is not of the whole account. */
function Peers({ peers }: { peers: Preview['peers'] }) {
  if (!peers) return null
  const rest = peers.total - peers.names.length
  return (
    <p className={peers.total === 0 ? 'mt-2 text-warn-text' : 'mt-2 break-words text-text-2'}>
      {peers.total === 0 ? texts.preview.noPeer : texts.preview.peers({ count: peers.total, names: texts.preview.named({ names: peers.names, rest }) })}
    </p>
  )
}

function Alerts({ alerts, alertsTotal }: Pick<Preview, 'alerts' | 'alertsTotal'>) {
  if (alertsTotal === 0) return <p className="mt-3 text-text-3">{texts.preview.noAlert}</p>
  const rest = alertsTotal - Math.min(alerts.length, NAMED)
  return (
    <>
      <h3 className="mt-3 text-13 font-semibold">{texts.preview.alerts({ count: alertsTotal })}</h3>
      <ul className="mt-1 flex flex-col gap-0.5">
        {alerts.slice(0, NAMED).map(({ id, title, accountName }) => (
          <li key={id} className="break-words">
            {phrase(texts.preview.within, { name: title, accounts: accountName, quiet })}
          </li>
        ))}
        {rest > 0 && <li className="text-text-3">{texts.preview.rest({ count: rest })}</li>}
      </ul>
    </>
  )
}

/** What the silence would mute, and when, as it is written now. */
export function SilencePreview({ draft }: { draft: SilenceDraft }) {
  const body = useMemo(() => toPreview(draft), [draft])
  const { data, isError } = useSilencePreview(useSettled(body))
  const shown = body === undefined || isError ? undefined : data
  return (
    <Card title={texts.preview.title}>
      <div aria-live="polite" className="px-4 pt-1 pb-4 text-13">
        {shown === undefined ? (
          <p className="text-text-3">{isError ? texts.preview.failed : texts.preview.unfinished}</p>
        ) : (
          <>
            <p className="text-14 font-medium break-words">{shown.mutes}</p>
            <ul className="mt-1 flex flex-col gap-0.5 text-text-2">
              {shown.windows.map(({ startsAt, words }) => (
                <li key={startsAt}>{words}</li>
              ))}
            </ul>
            {shown.windows.length === 0 && <p className="mt-1 text-warn-text">{texts.preview.never}</p>}
            <Peers peers={shown.peers} />
            <Rules rules={shown.rules} />
            <Alerts alerts={shown.alerts} alertsTotal={shown.alertsTotal} />
          </>
        )}
      </div>
    </Card>
  )
}
