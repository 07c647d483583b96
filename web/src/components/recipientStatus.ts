import { Ban, CircleCheck, Clock3, type LucideIcon } from 'lucide-react'
import type { Recipient } from '@/api/types'
import { named } from '@/lib/named'
import type { Tone } from '@/components/ui/Badge'

type Status = Recipient['status']

interface Look {
  tone: Tone
  icon: LucideIcon
  word: string
}

const LOOK: Record<Status, Look> = {
  pending: { tone: 'warn', icon: Clock3, word: 'Not confirmed yet' },
  declined: { tone: 'bad', icon: Ban, word: 'Declined' },
  confirmed: { tone: 'ok', icon: CircleCheck, word: 'Confirmed' },
}

export const recipientLook = (status: string): Look => named<Look>(LOOK, status, (word) => ({ tone: 'muted', icon: Clock3, word }))

/** Those of a rule's recipients whom nothing is sent to, by why. */
export function unreached(addresses: readonly string[], recipients: readonly Recipient[]): { status: Exclude<Status, 'confirmed'>; emails: string[] }[] {
  const statuses = new Map(recipients.map(({ email, status }) => [email.toLowerCase(), status]))
  return (['pending', 'declined'] as const)
    .map((status) => ({ status, emails: addresses.filter((email) => statuses.get(email.toLowerCase()) === status) }))
    .filter(({ emails }) => emails.length > 0)
}
