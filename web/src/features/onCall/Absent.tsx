import { UserRoundX } from 'lucide-react'
import type { RotaPerson } from '@/api/types'
import { absenceWords } from './people'

/** That somebody is passed over, and why; of who is not, nothing. */
export function Absent({ person: { absence }, name }: { person: Pick<RotaPerson, 'absence'>; name?: string }) {
  return absence ? (
    <span className="inline-flex items-start gap-1 text-13 text-warn-text">
      <UserRoundX aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span>
        {name} {absenceWords(absence)}
      </span>
    </span>
  ) : null
}
