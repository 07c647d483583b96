import { Link } from '@tanstack/react-router'
import { ArrowRight, FlaskConical, Minus, Plus, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Change, ChangeDetail } from '@/api/types'
import { ItemLink } from '@/components/items/ItemLink'
import { changedKind } from '@/components/items/kinds'
import { Bone } from '@/components/Skeleton'
import { Empty, Loaded } from '@/components/states'
import { Absolute } from '@/components/Time'
import { changedTry } from '@/components/tries'
import { buttonClass } from '@/components/ui/Button'
import { CopyButton } from '@/components/ui/CopyButton'
import { Sheet } from '@/components/ui/Dialog'
import { UNKNOWN } from '@/lib/numbers'
import { phrase } from '@/lib/phrase'
import { isSince } from '@/lib/since'
import { tryOne } from '@/lib/tried'
import { useChange } from '@/queries/changes'
import { actorWords, pathWords, resourceWord, valueWords } from '@/components/changeWords'
import { texts } from './texts'

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_1fr] gap-2 text-13">
      <dt className="text-text-3">{label}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  )
}

/** Lists of which a change can be undone to see what would be so then. */
const UNDONE = ['policies', 'groups', 'posture_checks', 'networks', 'network_routers', 'network_resources', 'routes']

type Field = Change['fields'][number]

/** What a list gained or lost. */
function Members({ of, more, isGain }: { of: readonly string[]; more: number; isGain: boolean }) {
  if (of.length === 0 && more === 0) return null
  const Icon = isGain ? Plus : Minus
  return (
    <ul aria-label={isGain ? texts.sheet.added : texts.sheet.removed}>
      {of.map((name) => (
        <li key={name} className={`flex items-start gap-2 ${isGain ? 'text-ok-text' : 'text-bad-text'}`}>
          <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span className="min-w-0 wrap-anywhere">{name}</span>
        </li>
      ))}
      {more > 0 && <li className="text-text-3">{texts.sheet.more({ count: more })}</li>}
    </ul>
  )
}

function FieldDifference({ field: { path, before, after, added, removed, moreAdded, moreRemoved } }: { field: Field }) {
  const isList = added.length + removed.length + moreAdded + moreRemoved > 0
  return (
    <li className="px-3 py-2 text-13">
      <p className="pb-0.5 text-12 text-text-3">{pathWords(path)}</p>
      {isList ? (
        <>
          <Members of={removed} more={moreRemoved} isGain={false} />
          <Members of={added} more={moreAdded} isGain />
        </>
      ) : (
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="min-w-0 wrap-anywhere text-text-2">
            {phrase(texts.sheet.wasBefore, { hidden: (words) => <span className="sr-only">{words}</span>, value: valueWords(before) })}
          </span>
          <ArrowRight aria-hidden className="size-3.5 shrink-0 self-center text-text-3" />
          <span className="min-w-0 font-semibold wrap-anywhere">
            {phrase(texts.sheet.isAfter, { hidden: (words) => <span className="sr-only">{words}</span>, value: valueWords(after) })}
          </span>
        </p>
      )}
    </li>
  )
}

function Raw({ raw: { before, after, isCut } }: Pick<ChangeDetail, 'raw'>) {
  const sides = [
    { title: texts.sheet.before, value: before },
    { title: texts.sheet.after, value: after },
  ].filter(({ value }) => value !== undefined && value !== null)
  if (sides.length === 0) return isCut ? <p className="text-12 text-text-3">{texts.sheet.wholeTooLarge}</p> : null
  return (
    <details className="rounded-md border border-line text-13">
      <summary className="cursor-pointer px-3 py-2 text-text-2">{texts.sheet.whole}</summary>
      {sides.map(({ title, value }) => (
        <div key={title} className="border-t border-line px-3 py-2">
          <p className="pb-1 text-12 text-text-3">{title}</p>
          <pre aria-label={title} className="font-mono text-12 whitespace-pre-wrap wrap-anywhere">
            {JSON.stringify(value, null, 2)}
          </pre>
        </div>
      ))}
      {isCut && <p className="border-t border-line px-3 py-2 text-12 text-text-3">{texts.sheet.sideTooLarge}</p>}
    </details>
  )
}

function Body({ change }: { change: ChangeDetail }) {
  const { accountId, accountName, at, after, kind, resource, itemId, itemName, sentences, fields, omittedFields, by, raw } = change
  const page = changedKind(resource)
  // What is gone cannot be changed any more.
  const tried = kind === 'deleted' ? undefined : changedTry(accountId, resource, itemId)
  return (
    <div className="flex flex-col gap-4 p-4">
      <dl className="flex flex-col gap-2">
        <Fact label={texts.list.when}>
          {after ? (
            phrase(texts.sheet.between, { after: <Absolute at={after} />, at: <Absolute at={at} /> })
          ) : (
            <Absolute at={at} />
          )}
        </Fact>
        <Fact label={texts.list.who}>{by ? <span title={by.email ?? undefined}>{actorWords(by)}</span> : texts.sheet.notTold({ unknown: UNKNOWN })}</Fact>
        <Fact label={resourceWord(resource)}>
          {page && kind !== 'deleted' && itemId !== '' ? (
            <ItemLink kind={page} id={itemId} of={accountId} className="text-accent-text hover:underline">
              {itemName || itemId}
            </ItemLink>
          ) : (
            itemName || itemId || UNKNOWN
          )}
        </Fact>
        <Fact label={texts.sheet.account}>{accountName}</Fact>
      </dl>
      <ul className="flex flex-col gap-1 text-13">
        {sentences.map((sentence) => (
          <li key={sentence} className="wrap-anywhere">
            {sentence}
          </li>
        ))}
      </ul>
      {fields.length > 0 && (
        <ul aria-label={texts.sheet.fields} className="divide-y divide-line rounded-md border border-line">
          {fields.map((field) => (
            <FieldDifference key={field.path} field={field} />
          ))}
        </ul>
      )}
      {omittedFields > 0 && <p className="text-12 text-text-3">{texts.sheet.moreFields({ count: omittedFields })}</p>}
      <Raw raw={raw} />
      <div className="flex flex-wrap gap-2">
        {itemId !== '' && (
          <Link to="/changes" search={{ item: itemId }} className={buttonClass()}>
            {texts.sheet.allOfThis}
          </Link>
        )}
        {by && by.id !== '' && (
          <Link to="/changes" search={{ by: by.id }} className={buttonClass('secondary', 'min-w-0')}>
            <span className="truncate">{texts.sheet.allBy({ who: actorWords(by) })}</span>
          </Link>
        )}
        {tried && (
          <Link to="/access/change" search={tried} className={buttonClass()}>
            <FlaskConical aria-hidden className="size-4 shrink-0" />
            {texts.sheet.try}
          </Link>
        )}
        {UNDONE.includes(resource) && (kind === 'created' || kind === 'updated' || kind === 'deleted') && (
          <Link to="/access/change" search={tryOne(accountId, { type: 'change_undo', id: change.id })} className={buttonClass()}>
            <Undo2 aria-hidden className="size-4 shrink-0" />
            {texts.sheet.undo}
          </Link>
        )}
        {isSince(at) && (
          <Link to="/access/since" search={{ of: accountId, since: at }} className={buttonClass()}>
            {texts.sheet.openedSinceThen}
          </Link>
        )}
        <CopyButton text={JSON.stringify(change, null, 2)} what={texts.sheet.json} />
      </div>
    </div>
  )
}

/** Everything that is known about one change, beside the list. */
export function ChangeSheet({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const query = useChange(id)
  return (
    <Sheet
      side="right"
      open={id !== undefined}
      title={query.data ? query.data.itemName || resourceWord(query.data.resource) : texts.sheet.change}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Loaded query={query} what={texts.sheet.what} skeleton={<Bone className="m-4 h-64" />} gone={<Empty title={texts.sheet.noSuch}>{texts.sheet.whyNoSuch}</Empty>}>
        {(change) => <Body change={change} />}
      </Loaded>
    </Sheet>
  )
}
