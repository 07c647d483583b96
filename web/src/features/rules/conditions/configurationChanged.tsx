import { limits } from '@/api/__generated__/limits'
import type { Configuration, ConfigurationChangedConfig } from '@/api/types'
import { TokenField } from '@/components/TokenField'
import { Checkbox } from '@/components/ui/Field'
import { named, wordsOf } from '@/lib/named'
import { NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { texts } from './texts'
import { wrongNumber } from './wrong'

interface Draft {
  /** Any list, if none is chosen. */
  resources: Configuration[]
  by: string[]
  exceptBy: string[]
  window: string
}

const { by: BY, exceptBy: EXCEPT_BY, window: WINDOW } = limits.ConfigurationChangedConfig
/** Letters of an id or an address, as the API takes them. */
const LONGEST = 200

/** The lists, in the words of the API. */
const LISTS: Readonly<Record<Configuration, string>> = texts.configurationChanged.lists

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
        <legend className="mb-2 text-13 font-medium">{texts.configurationChanged.onlyChangesThese}</legend>
        <div className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
          {ALL.map((list) => (
            <Checkbox key={list} label={wordsOf(listWords(list))} checked={draft.resources.includes(list)} onChange={(isChosen) => toggle(list, isChosen)} />
          ))}
        </div>
        <p className="mt-2 text-12 text-text-3">{texts.configurationChanged.withNoneAnyChange}</p>
      </fieldset>
      <TokenField
        label={texts.configurationChanged.onlyWhatTheseDid}
        hint={texts.configurationChanged.onlyWhatTheseDidHint}
        optional
        values={draft.by}
        error={errorOf('by')}
        onChange={(by) => change({ by })}
      />
      <TokenField
        label={texts.configurationChanged.notWhatTheseDid}
        hint={texts.configurationChanged.notWhatTheseDidHint}
        optional
        values={draft.exceptBy}
        error={errorOf('exceptBy')}
        onChange={(exceptBy) => change({ exceptBy })}
      />
      <NumberField {...props} of="window" label={texts.configurationChanged.endsAfterInMinutes} hint={texts.configurationChanged.endsAfterInMinutesHint} />
    </>
  )
}

function wrongPeople(field: 'by' | 'exceptBy', people: readonly string[], most: number): Record<string, string> {
  if (people.length > most) return { [field]: texts.configurationChanged.atMostUsers({ most }) }
  return people.some((one) => Array.from(one).length > LONGEST) ? { [field]: texts.configurationChanged.atMostLettersEach({ longest: LONGEST }) } : {}
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
  Fields,
}
