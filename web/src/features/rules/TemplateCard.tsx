import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { useId } from 'react'
import type { AlertRule, RuleTemplate } from '@/api/types'
import { SeverityBadge } from '@/components/status'
import { Badge } from '@/components/ui/Badge'
import { phrase } from '@/lib/phrase'
import { conditionLook } from './conditions/conditions'
import { needsGroups } from './templates'
import { texts } from './texts'

interface TemplateCardProps {
  template: RuleTemplate
  /** The rule that has its name. */
  rule: Pick<AlertRule, 'id' | 'name'> | undefined
  isPicked: boolean
  onPick: (picked: boolean) => void
}

/** A rule to start from: pressed anywhere, it is one of those that are made. */
export function TemplateCard({ template, rule, isPicked, onPick }: TemplateCardProps) {
  const id = useId()
  const { icon: Icon } = conditionLook(template.rule.conditionType)
  return (
    <li
      className={clsx(
        'relative flex items-start gap-3 rounded-lg border p-3 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-text',
        isPicked ? 'border-accent-text bg-accent-soft' : 'border-line bg-surface-1',
        !isPicked && !rule && 'hover:border-line-strong',
      )}
    >
      <input
        id={id}
        type="checkbox"
        aria-label={template.name}
        aria-describedby={`${id}-about`}
        checked={isPicked}
        disabled={rule !== undefined}
        className="relative z-10 mt-0.5 size-4 shrink-0 accent-accent focus-visible:outline-none touch:size-5"
        onChange={(event) => onPick(event.target.checked)}
      />
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className={clsx('flex items-start gap-2 text-14 font-medium', rule ? 'text-text-2' : 'cursor-pointer after:absolute after:inset-0 after:rounded-lg')}>
          <span className="min-w-0 flex-1">{template.name}</span>
          <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-text-3" />
        </label>
        <div id={`${id}-about`}>
          <p className="mt-1 text-13">{template.sentence}</p>
          <p className="mt-1 text-13 text-text-2">{template.description}</p>
        </div>
        <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-13">
          <SeverityBadge severity={template.rule.severity} />
          {needsGroups(template) && <Badge tone="muted">{texts.templateCard.forOneGroup}</Badge>}
          {rule ? (
            <Link to="/rules/$ruleId" params={{ ruleId: rule.id }} className="ml-auto text-accent-text hover:underline">
              {phrase(texts.templateCard.haveRule, { name: rule.name, hidden: (words) => <span className="sr-only">{words}</span> })}
            </Link>
          ) : (
            <Link to="/rules/new" search={{ template: template.id }} className="relative z-10 ml-auto py-1 text-accent-text hover:underline touch:py-3">
              {phrase(texts.templateCard.adjustFirst, { name: template.name, hidden: (words) => <span className="sr-only">{words}</span> })}
            </Link>
          )}
        </div>
      </div>
    </li>
  )
}
