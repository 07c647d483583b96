import clsx from 'clsx'
import { useId } from 'react'
import type { ConditionType } from '@/api/types'
import { CONDITIONS, SUBJECTS, type Condition } from './conditions/conditions'
import { texts } from './formTexts'

interface ChoiceProps {
  condition: Condition
  isChosen: boolean
  onChoose: () => void
}

function Choice({ condition: { type, icon: Icon, title, note }, isChosen, onChoose }: ChoiceProps) {
  return (
    <label
      className={clsx(
        'flex cursor-pointer items-start gap-2.5 rounded-md border px-3 py-2 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-text touch:min-h-11',
        isChosen ? 'border-accent-text bg-accent-soft' : 'border-line hover:border-line-strong',
      )}
    >
      <input type="radio" name="conditionType" value={type} aria-label={title} className="sr-only" checked={isChosen} onChange={onChoose} />
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-text-2" />
      <span className="min-w-0">
        <span className="block text-13 font-medium">{title}</span>
        {/* Ten of them are more than a phone shows at once: there, only the chosen one explains itself. */}
        <span className={clsx('block text-12 text-text-2', !isChosen && 'max-sm:hidden')}>{note}</span>
      </span>
    </label>
  )
}

interface ConditionChoiceProps {
  chosen: string
  onChoose: (type: ConditionType) => void
}

/** What the rule watches for: all there is, by what it is about. */
export function ConditionChoice({ chosen, onChoose }: ConditionChoiceProps) {
  const id = useId()
  return (
    <fieldset>
      <legend className="mb-1 text-13 font-medium">{texts.conditionChoice.watchFor}</legend>
      <div className="flex flex-col gap-3">
        {SUBJECTS.map((subject) => (
          <div key={subject} role="group" aria-labelledby={`${id}-${subject}`}>
            <p id={`${id}-${subject}`} className="mb-1 text-12 text-text-3">
              {subject}
            </p>
            <div className="grid gap-2 sm:grid-cols-2">
              {CONDITIONS.filter((condition) => condition.subject === subject).map((condition) => (
                <Choice key={condition.type} condition={condition} isChosen={condition.type === chosen} onChoose={() => onChoose(condition.type)} />
              ))}
            </div>
          </div>
        ))}
      </div>
    </fieldset>
  )
}
