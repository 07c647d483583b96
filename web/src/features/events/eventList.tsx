import { Link } from '@tanstack/react-router'
import type { Event } from '@/api/types'
import { useAccountFilter } from '@/components/accountFilter'
import { DateRangeFields } from '@/components/DateRangeFields'
import { EventSentence, eventText } from '@/components/EventSentence'
import type { ListDefinition, Option } from '@/components/list/definition'
import { Ago, Clock } from '@/components/Time'
import { RECENT, rangeWords } from '@/lib/dateRange'
import { eventId, useEventSample } from '@/queries/events'
import { activityOptions, activityWords, facetsOf, namedOptions, type EventFacets, type Facet } from './facets'

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
        return part === 'initiator' ? <Narrowing by="by" id={id} name={name} title={`Only what ${name} did`} /> : <Narrowing by="about" id={id} name={name} title={`Only what is about ${name}`} />
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

/** NetBird's log, with the words for what it is narrowed to. */
export const eventList = ({ activities, initiators, targets }: EventFacets): ListDefinition<Event> => ({
  id: 'events',
  label: 'Events',
  one: 'event',
  idOf: eventId,
  nameLines: 2,
  name: { id: 'what', title: 'What', text: eventText, cell: (event) => <What event={event} /> },
  columns: [
    { id: 'when', title: 'When', width: 112, priority: 9, leads: true, card: 'below', text: ({ timestamp }) => timestamp, cell: ({ timestamp }) => <Ago at={timestamp} className="text-text-3" /> },
    {
      id: 'activity',
      title: 'Activity',
      width: 190,
      priority: 4,
      text: ({ activityCode }) => activityCode,
      cell: ({ activityCode }) => <span className="font-mono text-12 text-text-3">{activityCode}</span>,
    },
    { id: 'time', title: 'Time', width: 150, priority: 5, cell: ({ timestamp }) => <Clock at={timestamp} className="text-text-3" /> },
  ],
  filters: [
    { id: 'activity', title: 'Activity', several: true, open: true, useOptions: useActivities, word: (value) => activityWords(value, activities) },
    { id: 'by', title: 'Who', useOptions: useInitiators, word: nameIn(initiators) },
    { id: 'about', title: 'About', useOptions: useTargets, word: nameIn(targets) },
    { id: 'time', title: 'Time', options: RECENT, word: (range) => rangeWords(range), Maker: DateRangeFields },
  ],
  searches: 'What, who, details',
})
