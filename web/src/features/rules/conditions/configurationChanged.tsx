import { limits } from '@/api/__generated__/limits'
import type { Configuration, ConfigurationChangedConfig } from '@/api/types'
import { TokenField } from '@/components/TokenField'
import { Checkbox } from '@/components/ui/Field'
import { named, wordsOf } from '@/lib/named'
import { NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { wrongNumber } from './wrong'

interface Draft {
  /** Any list, if none is chosen. */
  resources: Configuration[]
  by: string[]
  exceptBy: string[]
  window: string
}

const { by: BY, exceptBy: EXCEPT_BY, window: WINDOW } = limits.ConfigurationChangedConfig
/** As many are named in the sentence; the others are counted. */
const NAMED = 3
/** Letters of an id or an address, as the API takes them. */
const LONGEST = 200

/** The lists, in the words of the API. */
const LISTS: Readonly<Record<Configuration, string>> = {
  policies: 'policies',
  groups: 'groups',
  networks: 'networks',
  network_resources: 'network resources',
  network_routers: 'network routers',
  routes: 'routes',
  posture_checks: 'posture checks',
  nameserver_groups: 'nameserver groups',
  dns_settings: 'DNS settings',
  setup_keys: 'setup keys',
  users: 'users',
  settings: 'account settings',
}

const ALL = Object.keys(LISTS) as Configuration[]

/** A newer API may have lists that this page has never heard of. */
const listWords = (list: Configuration): string => named(LISTS, list, (words) => words.toLowerCase())

function Fields(props: FieldsProps<Draft>) {
  const { draft, errorOf, change } = props
  const toggle = (list: Configuration, isChosen: boolean) =>
    change({ resources: isChosen ? [...draft.resources, list] : draft.resources.filter((other) => other !== list) })
  return (
    <>
      <fieldset>
        <legend className="mb-2 text-13 font-medium">Only changes of these</legend>
        <div className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
          {ALL.map((list) => (
            <Checkbox key={list} label={wordsOf(listWords(list))} checked={draft.resources.includes(list)} onChange={(isChosen) => toggle(list, isChosen)} />
          ))}
        </div>
        <p className="mt-2 text-12 text-text-3">With none, any change counts.</p>
      </fieldset>
      <TokenField
        label="Only what these did"
        hint="NetBird’s ids or email addresses of users. With none, whoever did it."
        optional
        values={draft.by}
        error={errorOf('by')}
        onChange={(by) => change({ by })}
      />
      <TokenField
        label="Not what these did"
        hint="Such as the service user of an automation. What nobody is known to have done counts."
        optional
        values={draft.exceptBy}
        error={errorOf('exceptBy')}
        onChange={(exceptBy) => change({ exceptBy })}
      />
      <NumberField {...props} of="window" label="Ends after, in minutes" hint="The alert ends when nothing has changed for as long." />
    </>
  )
}

function wrongPeople(field: 'by' | 'exceptBy', people: readonly string[], most: number): Record<string, string> {
  if (people.length > most) return { [field]: `At most ${most} users.` }
  return people.some((one) => Array.from(one).length > LONGEST) ? { [field]: `At most ${LONGEST} letters each.` } : {}
}

function some(names: readonly string[]): string {
  const rest = names.length - NAMED
  const first = names.slice(0, NAMED).join(', ')
  return rest > 0 ? `${first} and ${rest} more` : first
}

function byWhom({ by, exceptBy }: Draft): string {
  if (by.length > 0) return ` by ${some(by)}`
  return exceptBy.length > 0 ? ` by anybody but ${some(exceptBy)}` : ''
}

export const configurationChanged: ConditionKind<Draft, ConfigurationChangedConfig> = {
  blank: () => ({ resources: [], by: [], exceptBy: [], window: '10' }),
  draftOf: ({ resources = [], by = [], exceptBy = [], window = 10 }) => ({ resources: [...resources], by: [...by], exceptBy: [...exceptBy], window: String(window) }),
  wrong: ({ by, exceptBy, window }) => ({
    ...wrongPeople('by', by, BY.maxItems),
    ...wrongPeople('exceptBy', exceptBy, EXCEPT_BY.maxItems),
    ...wrongNumber('window', window, WINDOW, 'minutes'),
  }),
  toConfig: ({ window, ...rest }) => ({ ...rest, window: Number(window) }),
  clause: (draft) => {
    const what = draft.resources.length === 0 ? 'the configuration is' : `${some(draft.resources.map(listWords))} are`
    return `${what} changed${byWhom(draft)}`
  },
  Fields,
}
