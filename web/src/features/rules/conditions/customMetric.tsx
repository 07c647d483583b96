import { useState } from 'react'
import { limits } from '@/api/__generated__/limits'
import { useCan } from '@/api/client'
import type { CountOperator, CustomMetricConfig, OwnMetric } from '@/api/types'
import { ownTitle, ownValue } from '@/components/metrics/own'
import { TokenField } from '@/components/TokenField'
import { SelectField, TextField } from '@/components/ui/Field'
import { useOwnMetrics } from '@/queries/ownMetrics'
import { decimal } from './decimal'
import { NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { OPERATORS } from './operators'
import { texts } from './texts'
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
  peers_total: { words: texts.customMetric.peers_total, unit: 'peers' },
  peers_online: { words: texts.customMetric.peers_online, unit: 'peers' },
  peers_offline: { words: texts.customMetric.peers_offline, unit: 'peers' },
  peers_unconfirmed: { words: texts.customMetric.peers_unconfirmed, unit: 'peers' },
  sync_duration: { words: texts.customMetric.sync_duration, unit: 'ms' },
  sync_failures: { words: texts.customMetric.sync_failures, unit: 'minutes' },
}

const AGGREGATES: Readonly<Record<Aggregate, string>> = { last: texts.customMetric.last, avg: texts.customMetric.avg, min: texts.customMetric.min, max: texts.customMetric.max, sum: texts.customMetric.sum }

const NO_DATA: Readonly<Record<NoData, string>> = { keep: texts.customMetric.keep, fire: texts.customMetric.fire, resolve: texts.customMetric.resolve }

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
  const said = series.slice(0, NAMED).map((one) => texts.customMetric.is({ ownTitle: ownTitle(one), ownValue: ownValue(one.lastValue, one.unit) }))
  const rest = series.length - said.length
  return texts.customMetric.lastValues({ said: rest > 0 ? [...said, texts.customMetric.more({ rest })] : said })
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
        label={texts.customMetric.metric}
        value={typed ? 'other' : metric}
        error={typed ? undefined : errorOf('metric')}
        onChange={(event) => {
          const chosen = event.target.value
          setOther(chosen === 'other')
          change({ metric: chosen === 'other' ? '' : chosen, tags: [] })
        }}
      >
        {metric === '' && !typed && <option value="">{texts.customMetric.chooseMetric}</option>}
        <optgroup label={texts.customMetric.recordedByPlatform}>
          {Object.entries(PLATFORM).map(([name, { words }]) => (
            <option key={name} value={name}>
              {words.charAt(0).toUpperCase() + words.slice(1)}
            </option>
          ))}
        </optgroup>
        <optgroup label={texts.customMetric.ownMetrics}>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
          <option value="other">{texts.customMetric.anotherNotPushedYet}</option>
        </optgroup>
      </SelectField>
      {typed && <TextField label={texts.customMetric.itsName} hint={texts.customMetric.itsNameHint} value={metric} error={errorOf('metric')} autoComplete="off" spellCheck={false} placeholder={texts.customMetric.itsNamePlaceholder} onChange={(event) => change({ metric: event.target.value })} />}
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
          label={texts.customMetric.onlyWithTheseTags}
          hint={looked.length > 0 ? texts.customMetric.eachSeriesByItself({ lastValues: lastValues(looked) }) : texts.customMetric.suchAs}
          optional
          placeholder={texts.customMetric.onlyWithTheseTagsPlaceholder}
          values={draft.tags}
          suggestions={suggestions}
          error={errorOf('tags')}
          onChange={(tags) => change({ tags })}
        />
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField label={texts.customMetric.whatCounts} value={draft.aggregate} error={errorOf('aggregate')} onChange={(event) => change({ aggregate: event.target.value as Aggregate })}>
          {Object.entries(AGGREGATES).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <NumberField {...props} of="window" label={texts.customMetric.withinInMinutes} hint={draft.aggregate === 'last' ? texts.customMetric.olderValuesDoNot : texts.customMetric.howManyMinutesValues} />
        <SelectField label={texts.customMetric.when} value={draft.operator} error={errorOf('operator')} onChange={(event) => change({ operator: event.target.value as CountOperator })}>
          {Object.entries(OPERATORS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <TextField label={texts.customMetric.threshold} hint={unit ? texts.customMetric.in({ unit }) : undefined} inputMode="decimal" value={draft.value} error={errorOf('value')} onChange={(event) => change({ value: event.target.value })} />
      </div>
      <SelectField label={texts.customMetric.ifThereNoValue} value={draft.noData} error={errorOf('noData')} onChange={(event) => change({ noData: event.target.value as NoData })}>
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
  if (metric === '') return { metric: texts.customMetric.chooseMetricOrEnter }
  if (isPlatform(metric)) return {}
  if (!NAME.test(metric)) return { metric: texts.customMetric.smallLettersDigitsAlone }
  return RESERVED.test(metric) ? { metric: texts.customMetric.platformRecordsNoSuch } : {}
}

function wrongTags(tags: readonly string[]): Record<string, string> {
  if (tags.length > MOST_TAGS) return { tags: texts.customMetric.atMostTags({ mostTags: MOST_TAGS }) }
  const odd = tags.find((tag) => !TAG.test(tag))
  return odd === undefined ? {} : { tags: texts.customMetric.noTagSuchAs({ odd }) }
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
    ...(decimal(value) === undefined && { value: texts.customMetric.enterNumber }),
  }),
  toConfig: ({ metric, tags, aggregate, window, operator, value, noData }) => ({ metric, ...(tags.length > 0 && { tags: tagsOf(tags) }), aggregate, window: Number(window), operator, value: decimal(value) ?? 0, noData }),
  Fields,
}
