import type { ReactNode } from 'react'
import type { ConditionConfig } from '@/api/types'

/** A condition while it is written: its fields under the names that the request gives them. Numbers are text. */
export type ConditionDraft = object

export interface FieldsProps<Draft> {
  draft: Draft
  accountId: string
  /** What is wrong with a field, or with anything in it. */
  errorOf: (field: keyof Draft & string) => string | undefined
  /** Of what is of one account alone, with whose it is. */
  change: (part: Partial<Draft>, accountId?: string) => void
}

/** What the form has to know of a condition. The list of conditions says what each is called. */
// All are methods, so that what knows one condition can stand where any is asked for.
export interface ConditionKind<Draft extends ConditionDraft = ConditionDraft, Config = ConditionConfig> {
  blank(): Draft
  draftOf(config: Config): Draft
  /** What is wrong, by field. */
  wrong(draft: Draft): Readonly<Record<string, string>>
  /** The request's part, of a draft that nothing is wrong with. */
  toConfig(draft: Draft): Config
  /** Whether it names things of one account, so that the rule must be of that account alone. */
  ofOneAccount?: true
  /** Whether what goes is told of one by one, whatever is open already. */
  tellsEach?(draft: Draft): boolean
  /** Whether NetBird does not tell since when it is so: what was so before the rule is told of, too. */
  undated?: true
  /** Whether what was so before the rule opens no alert at all. */
  onlyNew?: true
  Fields(this: void, props: FieldsProps<Draft>): ReactNode
}
