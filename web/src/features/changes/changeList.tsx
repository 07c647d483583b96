import { Link } from '@tanstack/react-router'
import type { Change } from '@/api/types'
import { DateRangeFields } from '@/components/DateRangeFields'
import type { ListDefinition, Option } from '@/components/list/definition'
import { Ago } from '@/components/Time'
import { Mark } from '@/components/ui/Badge'
import { RECENT, rangeWords } from '@/lib/dateRange'
import { UNKNOWN } from '@/lib/numbers'
import { actorWords, KIND_OPTIONS, kindLook, RESOURCE_OPTIONS, resourceWord } from '@/components/changeWords'
import { texts } from './texts'

const sentences = ({ sentences, itemName }: Change): string => sentences.join(' · ') || itemName

/** People and things that the listed changes are by and about, to narrow the list to. */
function optionsOf(changes: readonly Change[], of: (change: Change) => readonly [string, string] | undefined): Option[] {
  const names = new Map(changes.map(of).filter((one) => one !== undefined))
  return [...names].map(([value, label]) => ({ value, label })).sort((one, other) => one.label.localeCompare(other.label))
}

/** The change log, with the words for what it is narrowed to. */
export function changeList(changes: readonly Change[]): ListDefinition<Change> {
  const actors = optionsOf(changes, ({ by }) => (by && by.id !== '' ? [by.id, actorWords(by) ?? by.id] : undefined))
  const items = optionsOf(changes, ({ itemId, itemName }) => (itemId === '' ? undefined : [itemId, itemName || itemId]))
  const word = (options: readonly Option[]) => (id: string) => options.find(({ value }) => value === id)?.label ?? id
  return {
    id: 'changes',
    label: texts.list.label,
    one: texts.list.one,
    idOf: ({ id }) => id,
    nameLines: 2,
    name: {
      id: 'what',
      title: texts.list.whatChanged,
      text: sentences,
      cell: (change) => (
        <Link to="." search={(search) => ({ ...search, change: change.id })} resetScroll={false} title={sentences(change)} className="after:absolute after:inset-0 hover:underline">
          {sentences(change)}
        </Link>
      ),
    },
    columns: [
      { id: 'when', title: texts.list.when, width: 112, priority: 10, leads: true, card: 'below', text: ({ at }) => at, cell: ({ at }) => <Ago at={at} className="text-text-3" /> },
      {
        id: 'kind',
        title: texts.list.kind,
        width: 132,
        priority: 8,
        card: 'beside',
        text: ({ kind }) => kindLook(kind).word,
        cell: ({ kind }) => {
          const { tone, icon, word } = kindLook(kind)
          return (
            <Mark tone={tone} icon={icon}>
              {word}
            </Mark>
          )
        },
      },
      { id: 'resource', title: texts.list.of, width: 140, priority: 7, text: ({ resource }) => resourceWord(resource), cell: ({ resource }) => resourceWord(resource) },
      { id: 'who', title: texts.list.who, width: 150, priority: 9, card: 'end', text: ({ by }) => actorWords(by) ?? '', cell: ({ by }) => <span title={by?.email ?? undefined}>{actorWords(by) ?? UNKNOWN}</span> },
    ],
    filters: [
      { id: 'list', title: texts.list.what, several: true, options: RESOURCE_OPTIONS, word: resourceWord },
      { id: 'kind', title: texts.list.kind, several: true, options: KIND_OPTIONS, word: (kind) => kindLook(kind).word },
      { id: 'by', title: texts.list.who, options: actors, word: word(actors) },
      { id: 'item', title: texts.list.item, options: items, word: word(items) },
      { id: 'time', title: texts.list.time, options: RECENT, word: (range) => rangeWords(range), Maker: DateRangeFields },
    ],
    searches: texts.list.searches,
  }
}
