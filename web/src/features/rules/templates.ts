import type { AlertRule, RuleTemplate } from '@/api/types'
import { kindOf } from './conditions/conditions'
import { newDraft, type RuleDraft } from './ruleDraft'

/** Stands in the address where what is ticked by itself was unticked. */
const NONE = 'none'

type Named = Pick<AlertRule, 'id' | 'name'>

/** The rule that has a template's name already: no second one is made. */
export const ruleOf = ({ name }: RuleTemplate, rules: readonly Named[]): Named | undefined => rules.find((rule) => rule.name === name)

/** What is ticked before anybody chose: whoever watches nothing yet has what every network should have. */
const usual = (templates: readonly RuleTemplate[], rules: readonly Named[]): RuleTemplate[] => (rules.length === 0 ? templates.filter(({ recommended }) => recommended) : [])

/** The templates that are ticked, by what the address says. */
export const pickedOf = (templates: readonly RuleTemplate[], rules: readonly Named[], pick: readonly string[] | undefined): RuleTemplate[] =>
  pick === undefined ? usual(templates, rules) : templates.filter((template) => pick.includes(template.id) && !ruleOf(template, rules))

/** What the address says of those that are ticked. */
export function pickFor(templates: readonly RuleTemplate[], rules: readonly Named[], ids: readonly string[]): string[] | undefined {
  const before = usual(templates, rules).map(({ id }) => id)
  if (ids.length === before.length && before.every((id) => ids.includes(id))) return undefined
  return ids.length === 0 ? [NONE] : templates.map(({ id }) => id).filter((id) => ids.includes(id))
}

export const needsGroups = ({ needs }: RuleTemplate): boolean => needs.includes('group')

/** A template in the form of a rule, to be made one's own before it is one. */
export const draftFrom = ({ rule }: RuleTemplate): RuleDraft => ({
  ...newDraft(rule.conditionType),
  conditionConfig: kindOf(rule.conditionType).draftOf(rule.conditionConfig),
  name: rule.name,
  description: rule.description,
  severity: rule.severity,
  forMinutes: String(rule.forMinutes),
  keepFiringMinutes: String(rule.keepFiringMinutes),
})
