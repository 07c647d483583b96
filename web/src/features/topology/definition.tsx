import { Ban, CircleCheck, CircleDashed, CircleOff, CircleX, CornerDownRight, Ellipsis } from 'lucide-react'
import type { Topology } from '@/api/types'
import type { Filter, ListDefinition, Option } from '@/components/list/definition'
import { PEER_STATUSES } from '@/components/status'
import { Mark } from '@/components/ui/Badge'
import { UNKNOWN } from '@/lib/numbers'
import { phrase } from '@/lib/phrase'
import { KINDS, type Row } from './graph'
import { CONDITION_WORDS, KIND_WORDS, saysWords, sentenceOf, servicesText } from './sentences'
import { texts } from './texts'

const SAYS: readonly Option[] = [
  { value: 'allows', label: texts.table.says.allows, tone: 'ok', icon: CircleCheck },
  { value: 'drops', label: texts.table.says.drops, tone: 'bad', icon: Ban },
  { value: 'other', label: texts.table.says.other, tone: 'warn', icon: Ellipsis },
  { value: 'part', label: texts.table.says.part, tone: 'muted', icon: CornerDownRight },
]

const STATES: readonly Option[] = [
  { value: 'on', label: texts.table.isOn, tone: 'ok', icon: CircleCheck },
  { value: 'off', label: texts.table.isOff, tone: 'muted', icon: CircleOff },
]

const kindFilter: Filter<Row> = { id: 'kind', title: texts.table.kind, several: true, options: KINDS.map((value) => ({ value, label: KIND_WORDS[value].many })) }
const statusFilter: Filter<Row> = { id: 'status', title: texts.table.peerStatus, several: true, options: PEER_STATUSES.map(({ value, word, tone, icon }) => ({ value, label: word, tone, icon })) }

function RowMark({ row }: { row: Row }) {
  if (row.edge?.unclear) {
    return (
      <Mark tone="warn" icon={CircleDashed}>
        <span title={row.edge.unclear}>{texts.table.notClear}</span>
      </Mark>
    )
  }
  return row.isOn ? (
    <Mark tone="ok" icon={CircleCheck}>
      {texts.table.isOn}
    </Mark>
  ) : (
    <Mark tone="muted" icon={CircleX}>
      {texts.table.isOff}
    </Mark>
  )
}

const stateText = (row: Row): string => (row.edge?.unclear ? texts.table.notClear : row.isOn ? texts.table.isOn : texts.table.isOff)

/** What leads from whom to whom, the same for drawing and table; the groups are those that can be opened. */
export const definitionFor = (groups: Topology['groups']): ListDefinition<Row> => ({
  id: 'topology',
  label: texts.label,
  one: texts.one,
  idOf: ({ id }) => id,
  name: {
    id: 'from',
    title: texts.table.from,
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
    { id: 'says', title: texts.table.what, width: 172, priority: 8, sort: 'says', by: saysWords, text: saysWords, cell: saysWords },
    {
      id: 'to',
      title: texts.table.to,
      width: 200,
      priority: 9,
      card: 'below',
      sort: 'to',
      by: ({ to }) => to.name,
      text: ({ to }) => to.name,
      cell: (row) => (
        <span className="block truncate" title={sentenceOf(row)}>
          {phrase(texts.table.toCell, {
            says: (words) => <span className="sm:hidden">{words}</span>,
            what: saysWords(row),
            name: (words) => <span className="font-medium text-text-1">{words}</span>,
            to: row.to.name,
            kind: (words) => <span className="text-text-3 max-sm:hidden">{words}</span>,
            toKind: KIND_WORDS[row.to.kind].one.toLowerCase(),
          })}
        </span>
      ),
    },
    { id: 'services', title: texts.table.on, width: 140, priority: 6, card: 'end', text: servicesText, cell: (row) => <span className="block truncate" title={servicesText(row)}>{servicesText(row) || UNKNOWN}</span> },
    {
      id: 'policy',
      title: texts.table.policy,
      width: 160,
      priority: 5,
      sort: 'policy',
      by: ({ edge }) => edge?.policyName ?? '',
      text: ({ edge }) => edge?.policyName ?? '',
      cell: ({ edge }) => <span className="block truncate" title={edge?.policyName}>{edge?.policyName ?? UNKNOWN}</span>,
    },
    { id: 'state', title: texts.table.state, width: 116, priority: 7, card: 'beside', sort: 'state', by: stateText, text: stateText, cell: (row) => <RowMark row={row} /> },
  ],
  more: [
    { title: texts.table.sentence, text: sentenceOf },
    { title: texts.table.fromKind, text: ({ from }) => KIND_WORDS[from.kind].one },
    { title: texts.table.fromStatus, text: ({ from }) => CONDITION_WORDS[from.condition] },
    { title: texts.table.toKind, text: ({ to }) => KIND_WORDS[to.kind].one },
    { title: texts.table.toStatus, text: ({ to }) => CONDITION_WORDS[to.condition] },
    { title: texts.table.checks, text: ({ edge }) => edge?.postureChecks.join(', ') ?? '' },
    { title: texts.table.fromId, text: ({ from }) => from.id },
    { title: texts.table.toId, text: ({ to }) => to.id },
  ],
  filters: [
    kindFilter,
    statusFilter,
    { id: 'says', title: texts.table.does, several: true, options: SAYS, of: ({ says }) => [says] },
    { id: 'service', title: texts.table.service, several: true, of: ({ services }) => services },
    { id: 'state', title: texts.table.state, options: STATES, of: ({ isOn }) => [isOn ? 'on' : 'off'] },
    {
      id: 'group',
      title: texts.table.openedGroup,
      options: groups.filter(({ peers }) => peers > 0).map(({ id, name, peers }) => ({ value: id.slice('group:'.length), label: name, count: peers })),
    },
  ],
  searches: texts.table.searches,
})
