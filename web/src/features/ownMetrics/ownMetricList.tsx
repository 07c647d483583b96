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

const WATCHED = [
  { value: 'yes', label: 'Watched by a rule' },
  { value: 'no', label: 'Watched by none' },
]

const tagsOf = ({ tags }: OwnMetric): string[] => Object.entries(tags).map(([key, value]) => `${key}=${value}`)

function Tags({ metric }: { metric: OwnMetric }) {
  const tags = tagsOf(metric)
  return (
    <span className="flex items-center gap-1" title={tags.join(', ')}>
      {tags.slice(0, 2).map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
      {tags.length > 2 && <span className="text-12 text-text-3">+{tags.length - 2}</span>}
    </span>
  )
}

const accountColumn: Column<OwnMetric> = { id: 'account', title: 'Account', width: 120, priority: 6, card: 'end', text: ({ accountName }) => accountName, cell: ({ accountName }) => <span title={accountName}>{accountName}</span> }

/** Whoever may remove series gives what asks for it. */
export const ownMetricList = (severalAccounts: boolean, onRemove: ((metric: OwnMetric) => void) | undefined): ListDefinition<OwnMetric> => ({
  id: 'own-metrics',
  label: 'Own metrics',
  one: 'metric',
  ownHeights: true,
  idOf: ({ id }) => id,
  name: {
    id: 'name',
    title: 'Name',
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
    { id: 'tags', title: 'Tags', width: 220, priority: 8, card: 'below', text: (metric) => tagsOf(metric).join(', '), cell: (metric) => <Tags metric={metric} /> },
    ...(severalAccounts ? [accountColumn] : []),
    { id: 'value', title: 'Last value', width: 130, priority: 10, sort: 'value', card: 'below', by: ({ lastValue }) => lastValue, text: ({ lastValue }) => String(lastValue), cell: ({ lastValue, unit }) => <span className="tabular-nums">{ownValue(lastValue, unit)}</span> },
    { id: 'at', title: 'When', width: 120, priority: 9, sort: 'at', newestFirst: true, card: 'below', by: ({ lastAt }) => lastAt, text: ({ lastAt }) => lastAt, cell: ({ lastAt }) => <Ago at={lastAt} /> },
    {
      id: 'rules',
      title: 'Rules',
      width: 84,
      priority: 7,
      sort: 'rules',
      card: 'below',
      labelled: true,
      by: ({ rules }) => rules,
      text: ({ rules }) => String(rules),
      cell: ({ rules }) => (rules > 0 ? <span className="tabular-nums">{grouped(rules)}</span> : <span className="text-text-3">none</span>),
    },
  ],
  more: [
    { title: 'Unit', text: ({ unit }) => unit },
    { title: 'Id', text: ({ id }) => id },
  ],
  filters: [{ id: 'watched', title: 'Rules', options: WATCHED, of: ({ rules }) => [rules > 0 ? 'yes' : 'no'] }],
  searches: 'Name, tag, account',
  ...(onRemove && {
    actions: {
      width: 118,
      card: 'below' as const,
      cell: (metric: OwnMetric) => (
        <Button icon={Trash2} onClick={() => onRemove(metric)}>
          Remove<span className="sr-only">: {ownTitle(metric)}</span>
        </Button>
      ),
    },
  }),
})
