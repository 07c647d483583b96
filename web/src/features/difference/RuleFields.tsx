import { Trash2 } from 'lucide-react'
import type { FieldErrors } from '@/components/formErrors'
import { SeveralPicker } from '@/components/finder/SeveralPicker'
import { TokenField } from '@/components/TokenField'
import { Button } from '@/components/ui/Button'
import { Checkbox, SelectField } from '@/components/ui/Field'
import { PROTOCOLS, type EndKind } from '@/lib/accessEnds'
import { hasPorts, withEnd, type RuleDraft } from './drafts'
import { texts } from './texts'

const FROM = ['group', 'peer'] as const satisfies readonly EndKind[]
const TO = ['group', 'peer', 'resource'] as const satisfies readonly EndKind[]

const CHOICES = [{ value: 'all', label: texts.rule.anyProtocol }, ...PROTOCOLS, { value: 'netbird-ssh', label: texts.rule.netbirdSsh }]

interface RuleFieldsProps {
  rule: RuleDraft
  index: number
  count: number
  accountId: string
  errors: FieldErrors
  onChange: (part: Partial<RuleDraft>) => void
  onRemove: () => void
}

/** Who may reach whom, on what. */
export function RuleFields({ rule, index, count, accountId, errors, onChange, onRemove }: RuleFieldsProps) {
  const errorOf = (field: string) => errors[`/rules/${index}/${field}`]
  return (
    <fieldset className="flex flex-col gap-1 rounded-md border border-line p-3">
      <legend className="px-1 text-12 text-text-3">{count === 1 ? texts.rule.only : texts.rule.nth({ place: index + 1 })}</legend>
      <div className="grid gap-x-3 gap-y-1 @xl:grid-cols-[1fr_10rem_1fr]">
        <SeveralPicker
          label={texts.rule.from}
          placeholder={texts.rule.fromPlaceholder}
          kinds={FROM}
          accountId={accountId}
          chosen={rule.from.flatMap(({ kind, id }) => (kind === 'group' || kind === 'peer' ? [{ kind, id }] : []))}
          error={errorOf('from')}
          onChange={(from) => onChange({ from: withEnd(from) })}
        />
        <SelectField label={texts.rule.says} value={rule.action} onChange={(event) => onChange({ action: event.target.value as RuleDraft['action'] })}>
          <option value="accept">{texts.rule.accept}</option>
          <option value="drop">{texts.rule.drop}</option>
        </SelectField>
        <SeveralPicker
          label={texts.rule.to}
          placeholder={texts.rule.toPlaceholder}
          kinds={TO}
          accountId={accountId}
          chosen={rule.to.flatMap(({ kind, id }) => (kind === 'route' ? [] : [{ kind, id }]))}
          error={errorOf('to')}
          onChange={(to) => onChange({ to: withEnd(to) })}
        />
      </div>
      <div className="grid gap-x-3 gap-y-1 sm:grid-cols-2">
        <SelectField label={texts.rule.protocol} value={rule.protocol} onChange={(event) => onChange({ protocol: event.target.value })}>
          {!CHOICES.some(({ value }) => value === rule.protocol) && <option value={rule.protocol}>{rule.protocol}</option>}
          {CHOICES.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        {hasPorts(rule.protocol) && (
          <TokenField label={texts.rule.ports} optional hint={texts.rule.portsHint} placeholder="22, 8000-8010" values={rule.ports} error={errorOf('ports')} onChange={(ports) => onChange({ ports })} />
        )}
      </div>
      <div className="flex flex-wrap items-center gap-x-4">
        <Checkbox label={texts.rule.bothWays} checked={rule.bidirectional} onChange={(bidirectional) => onChange({ bidirectional })} />
        <Checkbox label={texts.rule.on} checked={rule.enabled} onChange={(enabled) => onChange({ enabled })} />
        {count > 1 && (
          <Button variant="quiet" icon={Trash2} className="ml-auto" onClick={onRemove}>
            {texts.rule.remove({ place: index + 1 })}
          </Button>
        )}
      </div>
    </fieldset>
  )
}
