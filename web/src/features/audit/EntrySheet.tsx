import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { PencilLine } from 'lucide-react'
import type { ReactNode } from 'react'
import type { AuditEntry } from '@/api/types'
import { Empty } from '@/components/states'
import { Absolute } from '@/components/Time'
import { Mark } from '@/components/ui/Badge'
import { buttonClass } from '@/components/ui/Button'
import { CopyButton } from '@/components/ui/CopyButton'
import { Sheet } from '@/components/ui/Dialog'
import { UNKNOWN } from '@/lib/numbers'
import { actionWords } from './actions'
import { resourceKey } from './auditList'
import { changesOf, fieldTitle, type Changed } from './changes'
import { Resource } from './Resource'
import { texts } from './texts'

function Fact({ label, mono = false, children }: { label: string; mono?: boolean; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_1fr] gap-2 text-13">
      <dt className="text-text-3">{label}</dt>
      <dd className={clsx('min-w-0', mono ? 'font-mono text-12 leading-5 break-all' : 'wrap-anywhere')}>{children}</dd>
    </div>
  )
}

const Side = ({ value }: { value: string | undefined }) => (
  <td className="px-2 pb-2 align-top wrap-anywhere whitespace-pre-wrap">{value ?? <span className="text-text-3">{UNKNOWN}</span>}</td>
)

/** What was changed: each field's name over its values, which have half of the width each. */
function Changes({ changes }: { changes: readonly Changed[] }) {
  const sides = (['before', 'after'] as const).filter((side) => changes.some((change) => change[side] !== undefined))
  return (
    <table aria-label={texts.changes.values} className="w-full table-fixed text-13">
      <thead>
        <tr className="text-left text-12 text-text-3">
          {sides.map((side) => (
            <th key={side} scope="col" className="px-2 pb-1 font-normal">
              {side === 'before' ? texts.changes.before : texts.changes.after}
            </th>
          ))}
        </tr>
      </thead>
      {changes.map(({ field, isChanged, ...values }) => (
        <tbody key={field} className={clsx('border-t border-line', isChanged && 'bg-accent-soft')}>
          <tr>
            <th scope="rowgroup" colSpan={sides.length} className="px-2 pt-2 pb-0.5 text-left text-12 font-normal text-text-3">
              <span className="flex items-center justify-between gap-2">
                <span className="min-w-0 wrap-anywhere">{fieldTitle(field)}</span>
                {isChanged && (
                  <Mark tone="accent" icon={PencilLine}>
                    {texts.changes.changed}
                  </Mark>
                )}
              </span>
            </th>
          </tr>
          <tr>
            {sides.map((side) => (
              <Side key={side} value={values[side]} />
            ))}
          </tr>
        </tbody>
      ))}
    </table>
  )
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { at, user, action, resourceId, ip, sessionId, tokenId, userAgent, oldValues, newValues } = entry
  const changes = changesOf(oldValues, newValues)
  return (
    <div className="flex flex-col gap-4 p-4">
      <dl className="flex flex-col gap-2">
        <Fact label={texts.entry.when}>
          <Absolute at={at} />
        </Fact>
        <Fact label={texts.entry.who}>{user.name}</Fact>
        <Fact label={texts.entry.resource}>
          <Resource entry={entry} />
        </Fact>
        <Fact label={texts.entry.from} mono>
          {ip ?? UNKNOWN}
        </Fact>
        {sessionId && (
          <Fact label={texts.entry.session} mono>
            {sessionId}
          </Fact>
        )}
        {tokenId && (
          <Fact label={texts.entry.apiToken} mono>
            {tokenId}
          </Fact>
        )}
        <Fact label={texts.entry.userAgent}>{userAgent ?? UNKNOWN}</Fact>
        <Fact label={texts.entry.action} mono>
          {action}
        </Fact>
        <Fact label={texts.entry.id} mono>
          {resourceId}
        </Fact>
      </dl>
      {changes.length > 0 ? <Changes changes={changes} /> : <p className="text-13 text-text-3">{texts.entry.noValues}</p>}
      <div className="flex flex-wrap gap-2">
        <Link to="/audit" search={{ resource: resourceKey(entry) }} className={buttonClass()}>
          {texts.entry.allAbout}
        </Link>
        <Link to="/audit" search={{ user: user.id }} className={buttonClass('secondary', 'min-w-0')}>
          <span className="truncate">{texts.entry.allBy({ name: user.name })}</span>
        </Link>
        {sessionId && (
          <Link to="/audit" search={{ session: sessionId }} className={buttonClass()}>
            {texts.entry.allInSession}
          </Link>
        )}
        {ip && (
          <Link to="/audit" search={{ ip }} className={buttonClass()}>
            {texts.entry.allFromAddress}
          </Link>
        )}
        <CopyButton text={JSON.stringify(entry, null, 2)} what={texts.entry.asJson} />
      </div>
    </div>
  )
}

/** Everything that is known about one entry, beside the list; null where there is none, as a link cut short leads to. */
export function EntrySheet({ entry, onClose }: { entry: AuditEntry | null | undefined; onClose: () => void }) {
  return (
    <Sheet
      side="right"
      open={entry !== undefined}
      title={entry ? actionWords(entry.action) : texts.entry.title}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      {entry && <Entry entry={entry} />}
      {entry === null && <Empty title={texts.entry.goneTitle}>{texts.entry.goneWhy}</Empty>}
    </Sheet>
  )
}
