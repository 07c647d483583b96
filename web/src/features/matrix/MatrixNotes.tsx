import clsx from 'clsx'
import { Info, TriangleAlert } from 'lucide-react'
import type { AccessMatrix } from '@/api/types'
import { Button } from '@/components/ui/Button'
import { grouped, listed, plural } from '@/lib/numbers'
import { MOST_GROUPS } from '@/queries/matrix'

type Told = Pick<AccessMatrix, 'groups' | 'omittedGroups' | 'omittedCells' | 'unread'>

/** What the matrix does not show though it may be there, in sentences. */
export function notes({ groups, omittedGroups, omittedCells, unread }: Told): string[] {
  return [
    unread.length > 0 ? `Missing or older than the rest, as they could not be read: ${listed(unread)}. What hangs on them is not known.` : '',
    omittedCells > 0 ? `The answer was too long: ${plural(omittedCells, 'place')} at its end ${omittedCells === 1 ? 'is' : 'are'} left out. Fewer groups fit.` : '',
    omittedGroups > 0 ? `Shown are the ${plural(groups.length, 'group')} that most rules name; ${plural(omittedGroups, 'other')} ${omittedGroups === 1 ? 'is' : 'are'} left out. Choose any with Filter.` : '',
  ].filter((note) => note !== '')
}

/** `onAll` shows the others, too, where they were not chosen. */
export function MatrixNotes({ matrix, onAll }: { matrix: Told; onAll: (() => void) | undefined }) {
  const told = notes(matrix)
  if (told.length === 0) return null
  // That not every group fits is no fault of anything.
  const isAmiss = matrix.unread.length > 0 || matrix.omittedCells > 0
  const Icon = isAmiss ? TriangleAlert : Info
  return (
    <div role="status" className={clsx('mb-4 flex items-start gap-2 rounded-lg border border-line px-4 py-2 text-13', isAmiss ? 'bg-warn-soft text-warn-text' : 'bg-info-soft text-info-text')}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div>
        {told.map((note) => (
          <p key={note}>{note}</p>
        ))}
        {matrix.omittedGroups > 0 && onAll && (
          <Button className="mt-2 text-text-1" onClick={onAll}>
            {matrix.groups.length + matrix.omittedGroups <= MOST_GROUPS ? `Show all ${grouped(matrix.groups.length + matrix.omittedGroups)} groups` : `Show the ${grouped(MOST_GROUPS)} largest groups`}
          </Button>
        )}
      </div>
    </div>
  )
}
