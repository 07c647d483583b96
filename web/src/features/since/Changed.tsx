import { Link } from '@tanstack/react-router'
import { Download } from 'lucide-react'
import type { AccessSince } from '@/api/types'
import { ChangeLine } from '@/components/ChangeLine'
import { FirstOf } from '@/components/items/FirstOf'
import { saveCsv } from '@/components/list/csv'
import { IconButton } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { written } from '@/lib/dateRange'
import { fieldTime } from '@/lib/since'
import { byWhom, CHANGE_COLUMNS } from './sinceWords'
import { texts } from './texts'

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
      title={texts.changed.title}
      note={changes.length > 0 && texts.changed.count({ count: changes.length + omittedChanges })}
      action={
        changes.length > 0 && (
          <IconButton label={texts.changed.save} icon={Download} className="-mr-2" onClick={() => saveCsv('access-since-changes', CHANGE_COLUMNS, changes)} />
        )
      }
    >
      {changes.length === 0 ? (
        <p className="px-4 pt-1 pb-4 text-13 text-text-3">{texts.changed.none}</p>
      ) : (
        <>
          <p className="px-4 pb-2 text-13 wrap-anywhere text-text-2">{texts.changed.by({ people: byWhom(changes) })}</p>
          <FirstOf items={changes} most={MOST} one={texts.changed.one} className="border-t border-line pb-1">
            {(change) => <ChangeLine key={change.id} change={change} search={log} />}
          </FirstOf>
        </>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-4 py-2.5 text-13">
        {omittedChanges > 0 && <p className="text-warn-text">{texts.changed.omitted({ count: omittedChanges })}</p>}
        <Link to="/changes" search={log} className="text-accent-text hover:underline touch:py-3">
          {texts.changed.log}
        </Link>
      </div>
    </Card>
  )
}
