import { PhoneCall } from 'lucide-react'
import { useCan } from '@/api/client'
import type { Rota } from '@/api/types'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { useWholeList } from '@/components/list/whole'
import { nameColumn, NewLink } from '@/components/setUp/links'
import { Empty, NotAllowed } from '@/components/states'
import { Ago } from '@/components/Time'
import { useRotas } from '@/queries/rotas'
import { Absent } from './Absent'
import { OnCallNow } from './OnCallNow'
import { absentOf } from './people'
import { handoverWords } from './rotaWords'
import { texts } from './texts'

const onCallName = ({ onCall }: Rota): string => onCall?.user.name ?? texts.onCallName.nobody

const LIST: ListDefinition<Rota> = {
  id: 'rotas',
  label: texts.list.label,
  one: texts.list.one,
  ownHeights: true,
  idOf: ({ id }) => id,
  name: {
    ...nameColumn('rota'),
    below: (rota) => handoverWords(rota),
  },
  columns: [
    { id: 'now', title: texts.list.onCallNow, width: 200, priority: 10, sort: 'now', card: 'below', by: onCallName, text: onCallName, cell: (rota) => <OnCallNow rota={rota} /> },
    { id: 'until', title: texts.list.handedOver, width: 120, priority: 9, card: 'below', text: ({ until }) => until ?? '', cell: ({ until }) => (until ? <Ago at={until} className="text-13 text-text-3" /> : null) },
    { id: 'people', title: texts.list.people, width: 96, priority: 5, sort: 'people', by: ({ people }) => people.length, text: ({ people }) => people.map(({ name }) => name).join(', '), cell: ({ people }) => <span className="text-13 text-text-3">{texts.list.peopleCount({ people: people.length })}</span> },
  ],
  more: [{ title: texts.list.handover, text: handoverWords }],
  searches: texts.list.searches,
  // Whose turns others take.
  detail: ({ people }) => {
    const absent = absentOf(people)
    return absent.length > 0 ? (
      <ul className="flex flex-wrap gap-x-4 gap-y-0.5">
        {absent.map((person) => (
          <li key={person.id}>
            <Absent person={person} name={person.name} />
          </li>
        ))}
      </ul>
    ) : null
  },
}

function Rotas() {
  const list = useWholeList(useRotas(), LIST)
  return (
    <List
      definition={LIST}
      list={list}
      action={<NewLink kind="rota" />}
      empty={
        <Empty icon={PhoneCall} title={texts.rotas.title} action={<NewLink kind="rota" />}>
          {texts.rotas.rotaSaysWhoOn}
        </Empty>
      }
    />
  )
}

export function RotasPage() {
  return useCan('rules:read') ? <Rotas /> : <NotAllowed what={texts.rotasPage.rotas} permission="rules:read" />
}
