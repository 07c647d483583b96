import clsx from 'clsx'
import { Info, TriangleAlert } from 'lucide-react'
import type { AccessMatrix } from '@/api/types'
import { Button } from '@/components/ui/Button'
import { MOST_GROUPS } from '@/queries/matrix'
import { texts } from './texts'

type Told = Pick<AccessMatrix, 'groups' | 'omittedGroups' | 'omittedCells' | 'unread'>

/** What the matrix does not show though it may be there, in sentences. */
export function notes({ groups, omittedGroups, omittedCells, unread }: Told): string[] {
  return [
    ...(unread.length > 0 ? [texts.notes.unread({ lists: unread })] : []),
    ...(omittedCells > 0 ? [texts.notes.omittedCells({ count: omittedCells })] : []),
    ...(omittedGroups > 0 ? [texts.notes.omittedGroups({ shown: groups.length, omitted: omittedGroups })] : []),
  ]
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
            {matrix.groups.length + matrix.omittedGroups <= MOST_GROUPS ? texts.notes.showAll({ count: matrix.groups.length + matrix.omittedGroups }) : texts.notes.showLargest({ count: MOST_GROUPS })}
          </Button>
        )}
      </div>
    </div>
  )
}
