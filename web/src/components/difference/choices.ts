import { CircleHelp, ClipboardCheck, Pencil, Server, ShieldPlus, ToggleLeft, Trash2, Undo2, UsersRound, Workflow, type LucideIcon } from 'lucide-react'
import type { AccessChange } from '@/api/types'
import { wordsOf } from '@/lib/named'
import type { Choice } from '@/lib/tried'

interface ChoiceLook {
  title: string
  icon: LucideIcon
}

/** What can be tried, and how each is told apart. */
export const CHOICE_LOOKS: Record<Choice, ChoiceLook> = {
  'switch-policy': { title: 'Switch a policy on or off', icon: ToggleLeft },
  'delete-policy': { title: 'Delete a policy', icon: Trash2 },
  'new-policy': { title: 'Add a policy', icon: ShieldPlus },
  'change-policy': { title: 'Change a policy', icon: Pencil },
  members: { title: 'Add or remove peers of a group', icon: UsersRound },
  'switch-router': { title: 'Switch a router on or off', icon: Workflow },
  'switch-resource': { title: 'Switch a resource on or off', icon: Server },
  'change-check': { title: 'Change a posture check', icon: ClipboardCheck },
  undo: { title: 'Undo a change of the log', icon: Undo2 },
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
