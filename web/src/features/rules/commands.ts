import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { CirclePause, CirclePlay, Plus, SlidersHorizontal } from 'lucide-react'
import { useCan } from '@/api/client'
import { announce, announceFailure } from '@/components/announcements'
import type { Command } from '@/components/commands'
import { rulesQuery, useSwitchRule } from '@/queries/rules'
import { texts } from './texts'

/** The rules, and their switches. */
export function useRuleCommands(search: string): Command[] {
  const navigate = useNavigate()
  const mayWrite = useCan('rules:write')
  const rules = useQuery({ ...rulesQuery, enabled: useCan('rules:read') })
  const change = useSwitchRule()
  const turn = (id: string, enabled: boolean) =>
    void change.mutateAsync({ id, enabled }).then(({ name }) => announce(enabled ? texts.ruleSwitch.on({ name }) : texts.ruleSwitch.offWhatWasOpen({ name })), announceFailure)
  const found: Command[] =
    search === ''
      ? []
      : (rules.data ?? []).flatMap(({ id, name, enabled }): Command[] => [
          { id: `rule-${id}`, group: 'Rules', label: name, icon: SlidersHorizontal, run: () => void navigate({ to: '/rules/$ruleId', params: { ruleId: id } }) },
          ...(mayWrite
            ? [
                {
                  id: `switch-${id}`,
                  group: 'Actions' as const,
                  label: enabled ? texts.commands.turnOff({ name }) : texts.commands.turnOn({ name }),
                  words: texts.commands.turnWords,
                  icon: enabled ? CirclePause : CirclePlay,
                  isAct: true,
                  run: () => turn(id, !enabled),
                },
              ]
            : []),
        ])
  return mayWrite ? [...found, { id: 'new-rule', group: 'Actions', label: texts.commands.create, icon: Plus, run: () => void navigate({ to: '/rules/new' }) }] : found
}
