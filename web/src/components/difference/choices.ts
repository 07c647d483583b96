import { CircleHelp, ClipboardCheck, Pencil, Server, ShieldPlus, ToggleLeft, Trash2, Undo2, UsersRound, Workflow, type LucideIcon } from 'lucide-react'
import type { AccessChange } from '@/api/types'
import { wordsOf } from '@/lib/named'
import type { Choice } from '@/lib/tried'
import { texts } from './texts'

interface ChoiceLook {
  title: string
  icon: LucideIcon
}

/** What can be tried, and how each is told apart. */
export const CHOICE_LOOKS: Record<Choice, ChoiceLook> = {
  'switch-policy': { title: texts.choices.switchPolicy, icon: ToggleLeft },
  'delete-policy': { title: texts.choices.deletePolicy, icon: Trash2 },
  'new-policy': { title: texts.choices.newPolicy, icon: ShieldPlus },
  'change-policy': { title: texts.choices.changePolicy, icon: Pencil },
  members: { title: texts.choices.members, icon: UsersRound },
  'switch-router': { title: texts.choices.switchRouter, icon: Workflow },
  'switch-resource': { title: texts.choices.switchResource, icon: Server },
  'change-check': { title: texts.choices.changeCheck, icon: ClipboardCheck },
  undo: { title: texts.choices.undo, icon: Undo2 },
}

const CHOICE_OF: Record<Exclude<AccessChange['type'], 'policy_put'>, Choice> = {
  policy_delete: 'delete-policy',
  policy_switch: 'switch-policy',
  group_members: 'members',
  router_switch: 'switch-router',
  resource_switch: 'switch-resource',
  posture_put: 'change-check',
  change_undo: 'undo',
}

/** What a change was begun with. */
export const choiceOf = (change: AccessChange): Choice => (change.type === 'policy_put' ? (change.policy.id ? 'change-policy' : 'new-policy') : CHOICE_OF[change.type])

/** How a change is shown; also one that only a newer server knows. */
export const changeLook = (change: AccessChange): ChoiceLook =>
  Object.hasOwn(CHOICE_OF, change.type) || change.type === 'policy_put' ? CHOICE_LOOKS[choiceOf(change)] : { title: wordsOf(change.type), icon: CircleHelp }
