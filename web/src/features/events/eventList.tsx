import { Link } from '@tanstack/react-router'
import { PencilLine } from 'lucide-react'
import type { Event } from '@/api/types'
import { useAccountFilter } from '@/components/accountFilter'
import { DateRangeFields } from '@/components/DateRangeFields'
import { EventSentence, eventText, targetName } from '@/components/EventSentence'
import { ItemLink } from '@/components/items/ItemLink'
import { ITEMS } from '@/components/items/kinds'
import type { ListDefinition, Option } from '@/components/list/definition'
import { sourceLook, SOURCES } from '@/components/seen'
import { Ago, Clock } from '@/components/Time'
import { RECENT, rangeWords } from '@/lib/dateRange'
import { eventId, useEventSample } from '@/queries/events'
import { activityOptions, activityWords, facetsOf, namedOptions, type EventFacets, type Facet } from './facets'
import { targetOf } from './target'
import { texts } from './texts'

/** A name that narrows the list to what has to do with it, beside whatever it is narrowed to already. */
function Narrowing({ by, id, name, title }: { by: 'by' | 'about'; id: string; name: string; title: string }) {
  return (
    <Link to="." search={(search) => ({ ...search, [by]: id })} resetScroll={false} title={title} className="rounded-sm underline decoration-text-3 decoration-dotted underline-offset-3 hover:decoration-solid">
      {name}
    </Link>
  )
}

function What({ event }: { event: Event }) {
  return (
    <EventSentence
      event={event}
      name={(part, name) => {
        const id = part === 'initiator' ? event.initiatorId : event.targetId
        if (id === '') return name
        return part === 'initiator' ? <Narrowing by="by" id={id} name={name} title={texts.onlyBy({ name })} /> : <Narrowing by="about" id={id} name={name} title={texts.onlyAbout({ name })} />
      }}
    />
  )
}

/** NetBird adds codes, and no list of them is complete: those that the log itself has are offered, and others can be typed. */
function useFromLog(options: (facets: EventFacets, isWhole: boolean) => readonly Option[]): readonly Option[] | undefined {
  const sample = useEventSample(useAccountFilter(), true)
  return sample && options(facetsOf(sample.events), sample.isWhole)
}

const useActivities = () => useFromLog(({ activities }, isWhole) => activityOptions(activities, isWhole))
const useInitiators = () => useFromLog(({ initiators }, isWhole) => namedOptions(initiators, isWhole))
const useTargets = () => useFromLog(({ targets }, isWhole) => namedOptions(targets, isWhole))

const nameIn = (facet: Facet) => (id: string) => facet.get(id)?.label ?? id

function Source({ event }: { event: Event }) {
  const { word, icon: Icon, title } = sourceLook(event.source)
  return (
    <span title={title} className="inline-flex items-center gap-1.5 text-text-2">
      <Icon aria-hidden className="size-3.5 shrink-0 text-text-3" />
      {word}
    </span>
  )
}

const ACTION = 'relative z-10 inline-flex size-8 items-center justify-center rounded-md text-text-3 hover:bg-surface-3 hover:text-text-1 touch:size-11'

/** To the change that it was, and to the page of what it is about. */
function Further({ event }: { event: Event }) {
  const change = event.changes[0]
  const target = targetOf(event)
  const look = target && ITEMS[target.kind]
  const title = look && texts.pageOf({ kind: look.one, name: targetName(event) || undefined })
  return (
    <span className="flex justify-end">
      {change && (
        <Link to="/changes" search={{ change: change.id, account: event.accountId }} title={texts.change} className={ACTION}>
          <PencilLine aria-hidden className="size-4" />
          <span className="sr-only">{texts.change}</span>
        </Link>
      )}
      {target && look && (
        <ItemLink kind={target.kind} id={target.id} of={event.accountId} className={ACTION} {...(title && { title })}>
          <look.icon aria-hidden className="size-4" />
          <span className="sr-only">{title}</span>
        </ItemLink>
      )}
    </span>
  )
}

const SOURCE_OPTIONS: readonly Option[] = Object.entries(SOURCES).map(([value, { word, icon }]) => ({ value, label: word, icon }))

/** NetBird's log and what the platform saw, with the words for what they are narrowed to. */
export const eventList = ({ activities, initiators, targets }: EventFacets): ListDefinition<Event> => ({
  id: 'events',
  label: texts.label,
  one: texts.one,
  idOf: eventId,
  nameLines: 2,
  name: { id: 'what', title: texts.what, letters: 62, text: eventText, cell: (event) => <What event={event} /> },
  columns: [
    { id: 'when', title: texts.when, width: 112, priority: 9, leads: true, card: 'below', text: ({ timestamp }) => timestamp, cell: ({ timestamp }) => <Ago at={timestamp} className="text-text-3" /> },
    {
      id: 'activity',
      title: texts.activity,
      width: 170,
      priority: 4,
      text: ({ activityCode }) => activityCode,
      cell: ({ activityCode }) => <span title={activityCode} className="font-mono text-12 text-text-3">{activityCode}</span>,
    },
    { id: 'source', title: texts.source, width: 110, priority: 6, card: 'below', text: ({ source }) => sourceLook(source).word, cell: (event) => <Source event={event} /> },
    { id: 'time', title: texts.time, width: 120, priority: 5, cell: ({ timestamp }) => <Clock at={timestamp} className="text-text-3" /> },
  ],
  actions: { width: 92, card: 'beside', cell: (event) => <Further event={event} /> },
  filters: [
    { id: 'source', title: texts.source, options: SOURCE_OPTIONS },
    { id: 'activity', title: texts.activity, several: true, open: true, useOptions: useActivities, word: (value) => activityWords(value, activities) },
    { id: 'by', title: texts.who, useOptions: useInitiators, word: nameIn(initiators) },
    { id: 'about', title: texts.about, useOptions: useTargets, word: nameIn(targets) },
    { id: 'time', title: texts.time, options: RECENT, word: (range) => rangeWords(range), Maker: DateRangeFields },
  ],
  searches: texts.searches,
})
