import { Link } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import type { OwnMetric } from '@/api/types'
import type { Column } from '@/components/list/columns'
import type { ListDefinition } from '@/components/list/definition'
import { ownTitle, ownValue } from '@/components/metrics/own'
import { Ago } from '@/components/Time'
import { Tag } from '@/components/ui/Badge'
import { Button } from '@/components/ui/Button'
import { grouped } from '@/lib/numbers'
import { phrase } from '@/lib/phrase'
import { texts } from './texts'

const WATCHED = [
  { value: 'yes', label: texts.list.watched },
  { value: 'no', label: texts.list.watchedByNone },
]

const tagsOf = ({ tags }: OwnMetric): string[] => Object.entries(tags).map(([key, value]) => `${key}=${value}`)

function Tags({ metric }: { metric: OwnMetric }) {
  const tags = tagsOf(metric)
  return (
    <span className="flex items-center gap-1" title={tags.join(', ')}>
      {tags.slice(0, 2).map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
      {tags.length > 2 && <span className="text-12 text-text-3">{texts.list.moreTags({ count: tags.length - 2 })}</span>}
    </span>
  )
}

const accountColumn: Column<OwnMetric> = { id: 'account', title: texts.list.account, width: 120, priority: 6, card: 'end', text: ({ accountName }) => accountName, cell: ({ accountName }) => <span title={accountName}>{accountName}</span> }

/** Whoever may remove series gives what asks for it. */
export const ownMetricList = (severalAccounts: boolean, onRemove: ((metric: OwnMetric) => void) | undefined): ListDefinition<OwnMetric> => ({
  id: 'own-metrics',
  label: texts.list.label,
  one: texts.list.one,
  ownHeights: true,
  idOf: ({ id }) => id,
  name: {
    id: 'name',
    title: texts.list.name,
    sort: 'name',
    by: ownTitle,
    text: ({ name }) => name,
    cell: ({ id, name }) => (
      <Link to="/metrics" search={{ own: [id] }} className="relative z-10 font-semibold wrap-anywhere hover:text-accent-text">
        {name}
      </Link>
    ),
  },
  columns: [
    { id: 'tags', title: texts.list.tags, width: 220, priority: 8, card: 'below', text: (metric) => tagsOf(metric).join(', '), cell: (metric) => <Tags metric={metric} /> },
    ...(severalAccounts ? [accountColumn] : []),
    { id: 'value', title: texts.list.lastValue, width: 130, priority: 10, sort: 'value', card: 'below', by: ({ lastValue }) => lastValue, text: ({ lastValue }) => String(lastValue), cell: ({ lastValue, unit }) => <span className="tabular-nums">{ownValue(lastValue, unit)}</span> },
    { id: 'at', title: texts.list.when, width: 120, priority: 9, sort: 'at', newestFirst: true, card: 'below', by: ({ lastAt }) => lastAt, text: ({ lastAt }) => lastAt, cell: ({ lastAt }) => <Ago at={lastAt} /> },
    {
      id: 'rules',
      title: texts.list.rules,
      width: 84,
      priority: 7,
      sort: 'rules',
      card: 'below',
      labelled: true,
      by: ({ rules }) => rules,
      text: ({ rules }) => String(rules),
      cell: ({ rules }) => (rules > 0 ? <span className="tabular-nums">{grouped(rules)}</span> : <span className="text-text-3">{texts.list.noRules}</span>),
    },
  ],
  more: [
    { title: texts.list.unit, text: ({ unit }) => unit },
    { title: texts.list.id, text: ({ id }) => id },
  ],
  filters: [{ id: 'watched', title: texts.list.rules, options: WATCHED, of: ({ rules }) => [rules > 0 ? 'yes' : 'no'] }],
  searches: texts.list.searches,
  ...(onRemove && {
    actions: {
      width: 118,
      card: 'below' as const,
      cell: (metric: OwnMetric) => (
        <Button icon={Trash2} onClick={() => onRemove(metric)}>
          {phrase(texts.list.remove, { hidden: (words) => <span className="sr-only">{words}</span>, metric: ownTitle(metric) })}
        </Button>
      ),
    },
  }),
})
