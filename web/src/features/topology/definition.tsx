import { Ban, CircleCheck, CircleDashed, CircleOff, CircleX, CornerDownRight, Ellipsis } from 'lucide-react'
import type { Topology } from '@/api/types'
import type { Filter, ListDefinition, Option } from '@/components/list/definition'
import { PEER_STATUSES } from '@/components/status'
import { Mark } from '@/components/ui/Badge'
import { UNKNOWN } from '@/lib/numbers'
import { KINDS, type Row } from './graph'
import { CONDITION_WORDS, KIND_WORDS, saysWords, sentenceOf, servicesText } from './sentences'

const SAYS: readonly Option[] = [
  { value: 'allows', label: 'Allows', tone: 'ok', icon: CircleCheck },
  { value: 'drops', label: 'Drops', tone: 'bad', icon: Ban },
  { value: 'other', label: 'Something else', tone: 'warn', icon: Ellipsis },
  { value: 'part', label: 'Part of the network', tone: 'muted', icon: CornerDownRight },
]

const STATES: readonly Option[] = [
  { value: 'on', label: 'On', tone: 'ok', icon: CircleCheck },
  { value: 'off', label: 'Off', tone: 'muted', icon: CircleOff },
]

const kindFilter: Filter<Row> = { id: 'kind', title: 'Kind', several: true, options: KINDS.map((value) => ({ value, label: KIND_WORDS[value].many })) }
const statusFilter: Filter<Row> = { id: 'status', title: 'Status of peers', several: true, options: PEER_STATUSES.map(({ value, word, tone, icon }) => ({ value, label: word, tone, icon })) }

function RowMark({ row }: { row: Row }) {
  if (row.edge?.unclear) {
    return (
      <Mark tone="warn" icon={CircleDashed}>
        <span title={row.edge.unclear}>Not clear</span>
      </Mark>
    )
  }
  return row.isOn ? (
    <Mark tone="ok" icon={CircleCheck}>
      On
    </Mark>
  ) : (
    <Mark tone="muted" icon={CircleX}>
      Off
    </Mark>
  )
}

const stateText = (row: Row): string => (row.edge?.unclear ? 'Not clear' : row.isOn ? 'On' : 'Off')

/** What leads from whom to whom, the same for drawing and table; the groups are those that can be opened. */
export const definitionFor = (groups: Topology['groups']): ListDefinition<Row> => ({
  id: 'topology',
  label: 'Topology',
  one: 'connection',
  idOf: ({ id }) => id,
  name: {
    id: 'from',
    title: 'From',
    sort: 'from',
    by: ({ from }) => from.name,
    text: ({ from }) => from.name,
    letters: 24,
    fewest: 20,
    cell: (row) => (
      <span className="font-semibold" title={sentenceOf(row)}>
        {row.from.name}
      </span>
    ),
    below: (row) => <span title={sentenceOf(row)}>{[KIND_WORDS[row.from.kind].one, row.from.about].filter(Boolean).join(', ')}</span>,
  },
  columns: [
    { id: 'says', title: 'What', width: 172, priority: 8, sort: 'says', by: saysWords, text: saysWords, cell: saysWords },
    {
      id: 'to',
      title: 'To',
      width: 200,
      priority: 9,
      card: 'below',
      sort: 'to',
      by: ({ to }) => to.name,
      text: ({ to }) => to.name,
      cell: (row) => (
        <span className="block truncate" title={sentenceOf(row)}>
          <span className="sm:hidden">{saysWords(row)} </span>
          <span className="font-medium text-text-1">{row.to.name}</span>
          <span className="text-text-3 max-sm:hidden">, {KIND_WORDS[row.to.kind].one.toLowerCase()}</span>
        </span>
      ),
    },
    { id: 'services', title: 'On', width: 140, priority: 6, card: 'end', text: servicesText, cell: (row) => <span className="block truncate" title={servicesText(row)}>{servicesText(row) || UNKNOWN}</span> },
    {
      id: 'policy',
      title: 'Policy',
      width: 160,
      priority: 5,
      sort: 'policy',
      by: ({ edge }) => edge?.policyName ?? '',
      text: ({ edge }) => edge?.policyName ?? '',
      cell: ({ edge }) => <span className="block truncate" title={edge?.policyName}>{edge?.policyName ?? UNKNOWN}</span>,
    },
    { id: 'state', title: 'State', width: 116, priority: 7, card: 'beside', sort: 'state', by: stateText, text: stateText, cell: (row) => <RowMark row={row} /> },
  ],
  more: [
    { title: 'Sentence', text: sentenceOf },
    { title: 'Kind of from', text: ({ from }) => KIND_WORDS[from.kind].one },
    { title: 'Status of from', text: ({ from }) => CONDITION_WORDS[from.condition] },
    { title: 'Kind of to', text: ({ to }) => KIND_WORDS[to.kind].one },
    { title: 'Status of to', text: ({ to }) => CONDITION_WORDS[to.condition] },
    { title: 'Posture checks', text: ({ edge }) => edge?.postureChecks.join(', ') ?? '' },
    { title: 'Id of from', text: ({ from }) => from.id },
    { title: 'Id of to', text: ({ to }) => to.id },
  ],
  filters: [
    kindFilter,
    statusFilter,
    { id: 'says', title: 'What it does', several: true, options: SAYS, of: ({ says }) => [says] },
    { id: 'service', title: 'Service', several: true, of: ({ services }) => services },
    { id: 'state', title: 'State', options: STATES, of: ({ isOn }) => [isOn ? 'on' : 'off'] },
    {
      id: 'group',
      title: 'Opened group',
      options: groups.filter(({ peers }) => peers > 0).map(({ id, name, peers }) => ({ value: id.slice('group:'.length), label: name, count: peers })),
    },
  ],
  searches: 'Name, service, policy',
})
