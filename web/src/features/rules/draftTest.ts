import { useMemo } from 'react'
import type { RuleTest, TestAlertRule } from '@/api/types'
import { useSettled } from '@/lib/useSettled'
import { useRuleTest } from '@/queries/rules'
import { toTest, type RuleDraft } from './ruleDraft'

export interface DraftTest {
  /** Whether its condition is whole, so that the server can be asked. */
  isWhole: boolean
  /** What was found last, of a draft that may have changed since; undefined if nothing is known of one like it. */
  found: RuleTest | undefined
  /** The server's words for it; undefined while it is unfinished. */
  sentence: string | undefined
  /** Whether they are about the draft as it is now, and not about one before. */
  isOfDraft: boolean
}

/** What the server says of a rule that is being written, once its condition is whole. */
export function useDraftTest(draft: RuleDraft): DraftTest {
  // As text, so that what is no part of it, such as the rule's name, changes nothing.
  const written = useMemo(() => JSON.stringify(toTest(draft)), [draft]) as string | undefined
  const settled = useSettled(written)
  const body = useMemo(() => (settled === undefined ? undefined : (JSON.parse(settled) as TestAlertRule)), [settled])
  const { data, isError, isPlaceholderData } = useRuleTest(body)
  const isOfDraft = written !== undefined && written === settled && !isPlaceholderData
  const found = isError ? undefined : data
  return { found, sentence: written === undefined ? undefined : found?.sentence, isWhole: written !== undefined, isOfDraft }
}
