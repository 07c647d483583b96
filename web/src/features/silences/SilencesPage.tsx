import { getRouteApi } from '@tanstack/react-router'
import { BellOff } from 'lucide-react'
import { useCan } from '@/api/client'
import type { Silence } from '@/api/types'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { useWholeList } from '@/components/list/whole'
import { nameColumn, NewLink } from '@/components/setUp/links'
import { Bone } from '@/components/Skeleton'
import { Empty, Loaded, NotAllowed } from '@/components/states'
import { Ago } from '@/components/Time'
import { Tabs } from '@/components/ui/Tabs'
import { useSilences } from '@/queries/silences'
import { SilencesCalendar } from './SilencesCalendar'
import { SilenceBadge, STATUSES, statusWord } from './silenceStatus'
import { texts } from './texts'

const route = getRouteApi('/frame/silences')

const LIST: ListDefinition<Silence> = {
  id: 'silences',
  label: texts.list.label,
  one: texts.list.one,
  ownHeights: true,
  idOf: ({ id }) => id,
  name: nameColumn('silence'),
  columns: [
    { id: 'state', title: texts.list.state, width: 140, priority: 10, sort: 'state', card: 'below', by: ({ status }) => STATUSES.findIndex(({ value }) => value === status), text: ({ status }) => statusWord(status), cell: ({ status }) => <SilenceBadge status={status} /> },
    { id: 'by', title: texts.list.createdBy, width: 150, priority: 5, text: ({ createdBy }) => createdBy.name, cell: ({ createdBy }) => <span className="truncate text-13 text-text-3">{createdBy.name}</span> },
    { id: 'ends', title: texts.list.ends, width: 120, priority: 8, sort: 'ends', newestFirst: true, by: ({ endsAt }) => endsAt, text: ({ endsAt }) => endsAt, cell: ({ endsAt }) => <Ago at={endsAt} className="text-13 text-text-3" /> },
  ],
  more: [
    { title: texts.list.mutes, text: ({ mutes }) => mutes },
    { title: texts.list.when, text: ({ when }) => when },
    { title: texts.list.comment, text: ({ comment }) => comment },
  ],
  filters: [{ id: 'state', title: texts.list.state, several: true, options: STATUSES.map(({ value, word, tone, icon }) => ({ value, label: word, tone, icon })), of: ({ status }) => [status] }],
  searches: texts.list.searches,
  detail: ({ mutes, when }) => (
    <div className="min-w-0 text-13">
      <p className="text-14 break-words">{mutes}</p>
      <p className="mt-0.5 break-words text-text-3">{when}</p>
    </div>
  ),
}

function NoSilence() {
  return (
    <Empty icon={BellOff} title={texts.list.emptyTitle} action={<NewLink kind="silence" />}>
      {texts.list.empty}
    </Empty>
  )
}

function Views({ isCalendar }: { isCalendar: boolean }) {
  return (
    <Tabs
      label={texts.views.label}
      tabs={[
        { label: texts.views.list, isCurrent: !isCalendar, change: { view: undefined } },
        { label: texts.views.calendar, isCurrent: isCalendar, change: { view: 'calendar' } },
      ]}
    />
  )
}

function SilencesList() {
  const list = useWholeList(useSilences(), LIST)
  return <List definition={LIST} list={list} lead={<Views isCalendar={false} />} action={<NewLink kind="silence" />} empty={<NoSilence />} />
}

function AsCalendar() {
  return (
    <>
      <div className="mb-4 flex min-h-8 flex-wrap items-center gap-2">
        <Views isCalendar />
        <div className="ml-auto">
          <NewLink kind="silence" />
        </div>
      </div>
      <Loaded query={useSilences()} what={texts.calendar.what} skeleton={<Bone className="h-120" />}>
        {(silences) =>
          silences.length === 0 ? (
            <div className="rounded-lg border border-line bg-surface-1">
              <NoSilence />
            </div>
          ) : (
            <SilencesCalendar silences={silences} />
          )
        }
      </Loaded>
    </>
  )
}

function Silences() {
  const { view } = route.useSearch()
  return view === 'calendar' ? <AsCalendar /> : <SilencesList />
}

export function SilencesPage() {
  return useCan('alerts:read') ? <Silences /> : <NotAllowed what={texts.page.what} permission="alerts:read" />
}
