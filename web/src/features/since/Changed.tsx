import { Link } from '@tanstack/react-router'
import { Download } from 'lucide-react'
import type { AccessSince } from '@/api/types'
import { ChangeLine } from '@/components/ChangeLine'
import { FirstOf } from '@/components/items/FirstOf'
import { saveCsv } from '@/components/list/csv'
import { IconButton } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { written } from '@/lib/dateRange'
import { plural } from '@/lib/numbers'
import { fieldTime } from '@/lib/since'
import { byWhom, CHANGE_COLUMNS } from './sinceWords'

/** Shown at once. */
const MOST = 12

/** Lists that say who can reach what. */
const DECIDING = ['groups', 'policies', 'networks', 'network_resources', 'network_routers', 'routes', 'posture_checks']

/** Who changed what of all that says who can reach what. */
export function Changed({ found: { since, difference, changes, omittedChanges } }: { found: AccessSince }) {
  const [day = ''] = fieldTime(since).split('T')
  const log = { list: DECIDING, time: written({ first: day }), account: difference.accountId }
  return (
    <Card
      title="What was changed"
      note={changes.length > 0 && plural(changes.length + omittedChanges, 'change')}
      action={
        changes.length > 0 && (
          <IconButton label="Save these changes as CSV" icon={Download} className="-mr-2" onClick={() => saveCsv('access-since-changes', CHANGE_COLUMNS, changes)} />
        )
      }
    >
      {changes.length === 0 ? (
        <p className="px-4 pt-1 pb-4 text-13 text-text-3">Nothing that says who can reach what was changed, as far as is known.</p>
      ) : (
        <>
          <p className="px-4 pb-2 text-13 wrap-anywhere text-text-2">By {byWhom(changes)}</p>
          <FirstOf items={changes} most={MOST} one="change" className="border-t border-line pb-1">
            {(change) => <ChangeLine key={change.id} change={change} search={log} />}
          </FirstOf>
        </>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-4 py-2.5 text-13">
        {omittedChanges > 0 && <p className="text-warn-text">{plural(omittedChanges, 'older change')} not listed here.</p>}
        <Link to="/changes" search={log} className="text-accent-text hover:underline touch:py-3">
          Open the change log
        </Link>
      </div>
    </Card>
  )
}
