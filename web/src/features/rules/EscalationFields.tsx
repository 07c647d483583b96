import { Plus, Trash2 } from 'lucide-react'
import { useRef } from 'react'
import { Button, IconButton } from '@/components/ui/Button'
import { FieldMessage, TextField } from '@/components/ui/Field'
import { ChannelChoices } from '@/components/ChannelChoices'
import { errorAt, type DraftFields } from './draftFields'
import { ESCALATION, nextStep, type EscalationStep } from './escalation'
import { texts } from './formTexts'

interface StepFieldsProps {
  step: EscalationStep
  index: number
  errors: DraftFields['errors']
  onChange: (part: Partial<EscalationStep>) => void
  onRemove: () => void
}

function StepFields({ step, index, errors, onChange, onRemove }: StepFieldsProps) {
  const name = texts.stepFields.step({ index: index + 1 })
  return (
    <li>
      <fieldset data-step={index} className="min-w-0 rounded-md border border-line">
        <legend className="sr-only">{name}</legend>
        <div className="flex min-h-11 items-center gap-2 border-b border-line py-1 pr-1 pl-3">
          <p aria-hidden className="min-w-0 flex-1 text-13 font-semibold">
            {name}
          </p>
          <IconButton label={texts.stepFields.removeStep({ index: index + 1 })} icon={Trash2} onClick={onRemove} />
        </div>
        <div className="px-3 pt-3">
          <TextField
            label={texts.stepFields.ifNobodyAcknowledgesWithin}
            inputMode="numeric"
            hint={texts.stepFields.ifNobodyAcknowledgesWithinHint}
            className="sm:max-w-80"
            value={step.afterMinutes}
            error={errorAt(errors, `/escalation/${index}/afterMinutes`)}
            onChange={(event) => onChange({ afterMinutes: event.target.value })}
          />
        </div>
        <fieldset className="min-w-0">
          <legend className="px-3 pt-2 text-13 font-medium">{texts.stepFields.alsoTell}</legend>
          <ChannelChoices chosen={step.channelIds} error={errorAt(errors, `/escalation/${index}/channelIds`)} onChange={(channelIds) => onChange({ channelIds })} />
        </fieldset>
      </fieldset>
    </li>
  )
}

/** Who else is told while nobody acknowledges, one step after the other. */
export function EscalationFields({ draft: { escalation }, errors, change }: DraftFields) {
  const parts = useRef<HTMLDivElement>(null)
  const set = (steps: readonly EscalationStep[]) => change({ escalation: steps })
  /** The button that was pressed moves or goes away: what the press was about has the focus, once it is there. */
  const focus = (selector: string) => requestAnimationFrame(() => parts.current?.querySelector<HTMLElement>(selector)?.focus())
  return (
    <div ref={parts} className="flex flex-col gap-3">
      <p className="text-13 text-text-3">
        {escalation.length === 0 ? texts.escalationFields.whileNobodyAcknowledgesAlert : texts.escalationFields.acknowledgingAlertStopsWhat}
      </p>
      {escalation.length > 0 && (
        <ol aria-label={texts.escalationFields.stepsEscalation} className="flex flex-col gap-3">
          {escalation.map((step, index) => (
            <StepFields
              key={index}
              step={step}
              index={index}
              errors={errors}
              onChange={(part) => set(escalation.map((other, at) => (at === index ? { ...other, ...part } : other)))}
              onRemove={() => {
                set(escalation.filter((_, at) => at !== index))
                focus('button[data-adds]')
              }}
            />
          ))}
        </ol>
      )}
      {errors['/escalation'] && <FieldMessage>{errors['/escalation']}</FieldMessage>}
      {escalation.length < ESCALATION.steps ? (
        <div>
          <Button
            icon={Plus}
            data-adds="step"
            onClick={() => {
              set([...escalation, nextStep(escalation)])
              focus(`[data-step="${escalation.length}"] input`)
            }}
          >
            {escalation.length === 0 ? texts.escalationFields.addEscalation : texts.escalationFields.addStep}
          </Button>
        </div>
      ) : (
        <p className="text-12 text-text-3">{texts.escalationFields.atMostSteps({ steps: ESCALATION.steps })}</p>
      )}
    </div>
  )
}
