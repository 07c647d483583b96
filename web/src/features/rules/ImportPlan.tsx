import { Link } from '@tanstack/react-router'
import { ArrowRight, CircleAlert, CircleCheck, CirclePlus, Equal, Pencil, Trash2, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ImportedRule, RulesImport } from '@/api/types'
import { TEXT_TONE, type Tone } from '@/components/ui/Badge'
import { doesNothing, fieldWords } from './importWords'
import { texts } from './texts'

interface PartProps {
  title: string
  icon: LucideIcon
  tone: Tone
  children: ReactNode
}

function Part({ title, icon: Icon, tone, children }: PartProps) {
  return (
    <section aria-label={title} className="border-t border-line px-4 py-3 first:border-t-0">
      <h3 className={`flex items-center gap-2 text-13 font-semibold ${TEXT_TONE[tone]}`}>
        <Icon aria-hidden className="size-4 shrink-0" />
        {title}
      </h3>
      <ul className="mt-1.5 flex flex-col gap-2 text-13">{children}</ul>
    </section>
  )
}

function Name({ rule: { id, name } }: { rule: ImportedRule }) {
  if (!id) return <span className="font-medium">{name}</span>
  return (
    <Link to="/rules/$ruleId" params={{ ruleId: id }} target="_blank" className="font-medium text-accent-text hover:underline">
      {name}
    </Link>
  )
}

function Fields({ rule }: { rule: ImportedRule }) {
  return (
    <ul className="mt-1 flex flex-col gap-1">
      {(rule.fields ?? []).map((field) => {
        const { field: name, from, to } = fieldWords(field)
        return (
          <li key={field.pointer} className="text-12">
            <code className="font-mono text-text-2">{name}</code>
            <span className="ml-3 block wrap-anywhere">
              <del className="text-text-3">{from}</del>
              <ArrowRight role="img" aria-label={texts.importPlan.becomes} className="mx-1.5 inline size-3 text-text-3" />
              <ins className="no-underline">{to}</ins>
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** Rules that stay as they are: their number, and their names for whoever wants them. */
function Rest({ title, rules }: { title: string; rules: readonly ImportedRule[] }) {
  if (rules.length === 0) return null
  return (
    <details className="border-t border-line px-4 py-3 text-13 first:border-t-0">
      <summary className="w-fit rounded-sm text-text-2">
        <Equal aria-hidden className="mr-2 inline size-4" />
        {title}
      </summary>
      <ul className="mt-1.5 list-disc pl-10">
        {rules.map(({ name }) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </details>
  )
}

interface ImportPlanProps {
  plan: RulesImport
  /** Shows a line of the document. */
  onLine: (line: number) => void
}

/** What a document would do to the rules, or why it cannot. */
export function ImportPlan({ plan, onLine }: ImportPlanProps) {
  const { created, changed, deleted, unchanged, kept, errors } = plan
  return (
    <>
      {errors.length > 0 && (
        <Part title={texts.importPlan.correctFirst({ errors: errors.length })} icon={CircleAlert} tone="bad">
          {errors.map(({ pointer, detail, line }, index) => (
            <li key={`${pointer} ${index}`} className="wrap-anywhere">
              {line != null && (
                <button type="button" className="mr-2 rounded-sm text-accent-text underline touch:min-h-11" onClick={() => onLine(line)}>
                  {texts.importPlan.line({ line })}
                </button>
              )}
              {detail}
              {pointer !== '' && <code className="block font-mono text-12 text-text-3">{pointer}</code>}
            </li>
          ))}
        </Part>
      )}
      {errors.length === 0 && doesNothing(plan) && (
        <p className="flex items-start gap-2 px-4 py-3 text-14">
          <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-ok-text" />
          {texts.importPlan.nothingDoRulesAs}
        </p>
      )}
      {created.length > 0 && (
        <Part title={texts.importPlan.create({ created: created.length })} icon={CirclePlus} tone="ok">
          {created.map((rule) => (
            <li key={rule.name}>
              <Name rule={rule} />
              <span className="block text-text-2">{rule.sentence}</span>
            </li>
          ))}
        </Part>
      )}
      {changed.length > 0 && (
        <Part title={texts.importPlan.change({ changed: changed.length })} icon={Pencil} tone="info">
          {changed.map((rule) => (
            <li key={rule.name}>
              <Name rule={rule} />
              <Fields rule={rule} />
            </li>
          ))}
        </Part>
      )}
      {deleted.length > 0 && (
        <Part title={texts.importPlan.delete({ deleted: deleted.length })} icon={Trash2} tone="bad">
          {deleted.map((rule) => (
            <li key={rule.name}>
              <Name rule={rule} />
              <span className="block text-text-2">{texts.importPlan.itsOpenAlertsResolved}</span>
            </li>
          ))}
        </Part>
      )}
      <Rest title={texts.importPlan.unchanged({ unchanged: unchanged.length })} rules={unchanged} />
      <Rest title={texts.importPlan.kept({ kept: kept.length })} rules={kept} />
    </>
  )
}
