import { Link } from '@tanstack/react-router'
import type { AuditEntry } from '@/api/types'
import { DateRangeFields } from '@/components/DateRangeFields'
import type { ListDefinition, Option } from '@/components/list/definition'
import { Clock } from '@/components/Time'
import { RECENT, rangeWords } from '@/lib/dateRange'
import { isIp } from '@/lib/ip'
import { UNKNOWN } from '@/lib/numbers'
import { isResource } from '@/lib/resources'
import { isUuid } from '@/lib/uuid'
import { useMemberNames } from '@/queries/members'
import { ACTION_OPTIONS, actionChoice, actionWords, kindTitle } from './actions'
import { Resource, resourceText } from './Resource'
import { texts } from './texts'

/** Recipients of alerts answer by mail, and the platform acts by itself: neither is one of the users, and both have this id. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'
export const NOBODY_WORDS = texts.list.nobody

/** A thing as the address names it: an id, or its kind and its id. */
export const resourceKey = ({ resourceType, resourceId }: Pick<AuditEntry, 'resourceType' | 'resourceId'>): string => `${resourceType}.${resourceId}`

export function resourceQuery(key: string | undefined): { resourceType?: string; resourceId?: string } {
  if (key === undefined) return {}
  const dot = key.indexOf('.')
  return dot === -1 ? { resourceId: key } : { resourceType: key.slice(0, dot), resourceId: key.slice(dot + 1) }
}

function resourceWords(key: string): string {
  const { resourceType, resourceId = '' } = resourceQuery(key)
  return resourceType === undefined ? resourceId : `${kindTitle(resourceType)} ${resourceId}`
}

function useMemberOptions(typed: string): readonly Option[] | undefined {
  return useMemberNames(typed)?.map(({ id, name }) => ({ value: id, label: name }))
}

/** The audit trail, with the name of whom it is narrowed to. */
export const auditList = (whose: string | undefined): ListDefinition<AuditEntry> => ({
  id: 'audit',
  label: texts.list.label,
  one: texts.list.one,
  many: texts.list.many,
  idOf: ({ id }) => id,
  name: {
    id: 'what',
    title: texts.list.what,
    // The longest action but one needs no more.
    letters: 28,
    fewest: 26,
    text: ({ action }) => actionWords(action),
    cell: ({ id, action }) => (
      <Link to="." search={(search) => ({ ...search, entry: id })} resetScroll={false} className="font-semibold after:absolute after:inset-0 hover:underline">
        {actionWords(action)}
      </Link>
    ),
  },
  columns: [
    { id: 'when', title: texts.list.when, width: 160, priority: 10, leads: true, card: 'beside', text: ({ at }) => at, cell: ({ at }) => <Clock at={at} dated className="text-text-3 tabular-nums" /> },
    { id: 'who', title: texts.list.who, width: 130, priority: 9, leads: true, card: 'below', text: ({ user }) => user.name, cell: ({ user }) => <span title={user.name} className="truncate max-sm:max-w-44">{user.name}</span> },
    { id: 'resource', title: texts.list.resource, width: 184, priority: 8, card: 'end', text: resourceText, cell: (entry) => <span title={resourceText(entry)}><Resource entry={entry} /></span> },
    { id: 'from', title: texts.list.from, width: 140, priority: 6, text: ({ ip }) => ip ?? '', cell: ({ ip }) => <span title={ip ?? undefined} className="font-mono text-12 text-text-3">{ip ?? UNKNOWN}</span> },
  ],
  savedElsewhere: true,
  searches: texts.list.searches,
  longestSearch: 200,
  filters: [
    { id: 'user', title: texts.list.who, useOptions: useMemberOptions, word: (id) => whose ?? id },
    { id: 'action', title: texts.list.action, options: ACTION_OPTIONS, word: actionChoice },
    { id: 'time', title: texts.list.time, options: RECENT, word: (range) => rangeWords(range), Maker: DateRangeFields },
    { id: 'ip', title: texts.list.address, open: true, takes: { fits: isIp, words: texts.list.typeAddress } },
    { id: 'session', title: texts.list.session, open: true, takes: { fits: isUuid, words: texts.list.typeSession } },
    { id: 'resource', title: texts.list.resourceById, open: true, takes: { fits: isResource, words: texts.list.typeResource }, word: resourceWords },
  ],
})
