import { UserPlus } from 'lucide-react'
import { useCan } from '@/api/client'
import type { Command } from '@/components/commands'
import { part } from '@/components/ui/part'
import { texts } from './texts'

const loadDialog = async () => ({ default: (await import('./InviteDialog')).InviteDialog })

const Invite = part(loadDialog, { close: ({ onClose }) => onClose() })

export function useMemberCommands(): Command[] {
  return useCan('users:write')
    ? [{ id: 'invite', group: 'Actions', label: texts.commands.invite, words: texts.commands.inviteWords, icon: UserPlus, dialog: (onClose) => <Invite onClose={onClose} /> }]
    : []
}
