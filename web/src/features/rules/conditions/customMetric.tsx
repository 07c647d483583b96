import { useState } from 'react'
import { limits } from '@/api/__generated__/limits'
import { useCan } from '@/api/client'
import type { CountOperator, CustomMetricConfig, OwnMetric } from '@/api/types'
import { ownTitle, ownValue } from '@/components/metrics/own'
import { TokenField } from '@/components/TokenField'
import { SelectField, TextField } from '@/components/ui/Field'
import { listed } from '@/lib/numbers'
import { useOwnMetrics } from '@/queries/ownMetrics'
import { decimal, figure } from './decimal'
import { NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { OPERATORS } from './operators'
import { BLANK, lasting, minutes } from './words'
import { wrongNumber } from './wrong'

type Aggregate = NonNullable<CustomMetricConfig['aggregate']>
type NoData = NonNullable<CustomMetricConfig['noData']>

interface Draft {
  metric: string
  /** `host=db1`, each. */
  tags: string[]
  aggregate: Aggregate
  window: string
  operator: CountOperator
  value: string
  noData: NoData
}

/** What the platform records: how it is called in sentences, and what it is counted in. */
const PLATFORM: Readonly<Record<string, { words: string; unit: string }>> = {
  peers_total: { words: 'the number of peers', unit: 'peers' },
  peers_online: { words: 'the number of online peers', unit: 'peers' },
  peers_offline: { words: 'the number of offline peers', unit: 'peers' },
  peers_unconfirmed: { words: 'the number of unconfirmed peers', unit: 'peers' },
  sync_duration: { words: 'the duration of a sync', unit: 'ms' },
  sync_failures: { words: 'minutes with a failed sync', unit: 'minutes' },
}

const AGGREGATES: Readonly<Record<Aggregate, string>> = { last: 'The last value', avg: 'The average', min: 'The lowest value', max: 'The highest value', sum: 'The sum' }

const NO_DATA: Readonly<Record<NoData, string>> = { keep: 'Nothing: the rule stays as it is', fire: 'The rule fires', resolve: 'The alert ends' }

const { window: WINDOW } = limits.CustomMetricConfig
const NAME = /^[a-z][a-z0-9_.]{0,99}$/
const RESERVED = /^(peers|sync)_/
const TAG = /^([A-Za-z0-9_.-]{1,40})=(.{1,80})$/
const MOST_TAGS = 5
/** So many series are named in a hint; the others are counted. */
const NAMED = 3

const isPlatform = (metric: string): boolean => Object.hasOwn(PLATFORM, metric)

const tagsOf = (tags: readonly string[]): Record<string, string> => Object.fromEntries(tags.map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]))

const isOf = ({ metric, tags }: Draft, series: OwnMetric): boolean => series.name === metric && Object.entries(tagsOf(tags)).every(([key, value]) => series.tags[key] === value)

/** What the series that are looked at were last. */
function lastValues(series: readonly OwnMetric[]): string {
  const said = series.slice(0, NAMED).map((one) => `${ownTitle(one)} is ${ownValue(one.lastValue, one.unit)}`)
  const rest = series.length - said.length
  return `${listed(rest > 0 ? [...said, `${rest} more`] : said)}.`
}

function MetricField({ draft, errorOf, change, own }: FieldsProps<Draft> & { own: readonly OwnMetric[] }) {
  const { metric } = draft
  const names = [...new Set(own.map(({ name }) => name))].sort()
  const isListed = isPlatform(metric) || names.includes(metric)
  const [isOther, setOther] = useState(false)
  const typed = isOther || (metric !== '' && !isListed)
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        label="Metric"
        value={typed ? 'other' : metric}
        error={typed ? undefined : errorOf('metric')}
        onChange={(event) => {
          const chosen = event.target.value
          setOther(chosen === 'other')
          change({ metric: chosen === 'other' ? '' : chosen, tags: [] })
        }}
      >
        {metric === '' && !typed && <option value="">Choose a metric</option>}
        <optgroup label="Recorded by the platform">
          {Object.entries(PLATFORM).map(([name, { words }]) => (
            <option key={name} value={name}>
              {words.charAt(0).toUpperCase() + words.slice(1)}
            </option>
          ))}
        </optgroup>
        <optgroup label="Own metrics">
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
          <option value="other">Another, not pushed yet…</option>
        </optgroup>
      </SelectField>
      {typed && <TextField label="Its name" hint="The rule waits until a value of it is pushed." value={metric} error={errorOf('metric')} autoComplete="off" spellCheck={false} placeholder="backup.age" onChange={(event) => change({ metric: event.target.value })} />}
    </div>
  )
}

function Fields(props: FieldsProps<Draft>) {
  const { draft, accountId, errorOf, change } = props
  const own = useOwnMetrics(accountId || undefined, useCan('dashboard:read')).data ?? []
  const ofName = own.filter(({ name }) => name === draft.metric)
  const looked = ofName.filter((series) => isOf(draft, series))
  const unit = isPlatform(draft.metric) ? PLATFORM[draft.metric]?.unit : looked[0]?.unit
  const suggestions = [...new Set(ofName.flatMap(({ tags }) => Object.entries(tags).map(([key, value]) => `${key}=${value}`)))].sort()
  return (
    <>
      <MetricField {...props} own={own} />
      {!isPlatform(draft.metric) && (
        <TokenField
          label="Only with these tags"
          hint={looked.length > 0 ? `Each series by itself. Now ${lastValues(looked)}` : 'Such as host=db1. Each series is looked at by itself; with none, all of that name are.'}
          optional
          placeholder="host=db1"
          values={draft.tags}
          suggestions={suggestions}
          error={errorOf('tags')}
          onChange={(tags) => change({ tags })}
        />
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField label="What counts" value={draft.aggregate} error={errorOf('aggregate')} onChange={(event) => change({ aggregate: event.target.value as Aggregate })}>
          {Object.entries(AGGREGATES).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <NumberField {...props} of="window" label="Within, in minutes" hint={draft.aggregate === 'last' ? 'Older values do not count.' : 'How many minutes of values are looked at.'} />
        <SelectField label="When it" value={draft.operator} error={errorOf('operator')} onChange={(event) => change({ operator: event.target.value as CountOperator })}>
          {Object.entries(OPERATORS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <TextField label="Threshold" hint={unit ? `In ${unit}.` : undefined} inputMode="decimal" value={draft.value} error={errorOf('value')} onChange={(event) => change({ value: event.target.value })} />
      </div>
      <SelectField label="If there is no value within that time" value={draft.noData} error={errorOf('noData')} onChange={(event) => change({ noData: event.target.value as NoData })}>
        {Object.entries(NO_DATA).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
    </>
  )
}

function wrongMetric(metric: string): Record<string, string> {
  if (metric === '') return { metric: 'Choose a metric, or enter its name.' }
  if (isPlatform(metric)) return {}
  if (!NAME.test(metric)) return { metric: 'Small letters, digits, _ and . alone; the first is a letter.' }
  return RESERVED.test(metric) ? { metric: 'The platform records no such metric. Names of your own do not begin with peers_ or sync_.' } : {}
}

function wrongTags(tags: readonly string[]): Record<string, string> {
  if (tags.length > MOST_TAGS) return { tags: `At most ${MOST_TAGS} tags.` }
  const odd = tags.find((tag) => !TAG.test(tag))
  return odd === undefined ? {} : { tags: `“${odd}” is no tag such as host=db1.` }
}

/** What it looks at, in the middle of a sentence. */
function subject({ metric, tags }: Draft): string {
  if (isPlatform(metric)) return PLATFORM[metric]?.words ?? metric
  return ownTitle({ name: metric || BLANK, tags: tagsOf(tags) })
}

function counted(draft: Draft): string {
  const over = `over ${lasting(minutes(draft.window))}`
  const words: Readonly<Record<Aggregate, string>> = {
    last: subject(draft),
    avg: `the average of ${subject(draft)} ${over}`,
    min: `the lowest value of ${subject(draft)} ${over}`,
    max: `the highest value of ${subject(draft)} ${over}`,
    sum: `the sum of ${subject(draft)} ${over}`,
  }
  return words[draft.aggregate]
}

export const customMetric: ConditionKind<Draft, CustomMetricConfig> = {
  blank: () => ({ metric: '', tags: [], aggregate: 'last', window: '5', operator: 'greater_than', value: '', noData: 'keep' }),
  draftOf: ({ metric, tags = {}, aggregate = 'last', window = 5, operator, value, noData = 'keep' }) => ({
    metric,
    tags: Object.entries(tags).map(([key, text]) => `${key}=${text}`),
    aggregate,
    window: String(window),
    operator,
    value: String(value),
    noData,
  }),
  wrong: ({ metric, tags, window, value }) => ({
    ...wrongMetric(metric),
    ...wrongTags(tags),
    ...wrongNumber('window', window, WINDOW, 'minutes'),
    ...(decimal(value) === undefined && { value: 'Enter a number.' }),
  }),
  toConfig: ({ metric, tags, aggregate, window, operator, value, noData }) => ({ metric, ...(tags.length > 0 && { tags: tagsOf(tags) }), aggregate, window: Number(window), operator, value: decimal(value) ?? 0, noData }),
  clause: (draft) => {
    const value = decimal(draft.value)
    const silence = draft.noData === 'fire' ? `, or has no value for ${lasting(minutes(draft.window))}` : ''
    return `${counted(draft)} ${OPERATORS[draft.operator]} ${value === undefined ? BLANK : figure(value)}${silence}`
  },
  Fields,
}
