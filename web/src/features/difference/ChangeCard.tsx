import clsx from 'clsx'
import { ArrowDown, ArrowUp, Pencil, X } from 'lucide-react'
import type { AccessChange } from '@/api/types'
import { IconButton } from '@/components/ui/Button'
import { FieldMessage } from '@/components/ui/Field'
import { ChangeSentence, useChangeText } from '@/components/difference/ChangeSentence'
import { changeLook } from '@/components/difference/choices'
import { texts } from './texts'

interface ChangeCardProps {
  change: AccessChange
  accountId: string | undefined
  index: number
  count: number
  /** What the API finds wrong with it. */
  problems: readonly string[]
  onEdit: () => void
  onMove: (by: -1 | 1) => void
  onRemove: (text: string) => void
}

/** One change of the list. They are made one after the other, so their order counts. */
export function ChangeCard({ change, accountId, index, count, problems, onEdit, onMove, onRemove }: ChangeCardProps) {
  const { icon: Icon } = changeLook(change)
  const text = useChangeText(change, accountId)
  return (
    <div className={clsx('@container rounded-lg border bg-surface-1 py-2 pr-2 pl-3', problems.length > 0 ? 'border-bad-text' : 'border-line')}>
      <div className="flex flex-wrap items-start justify-end gap-x-1">
        <div className="flex min-w-0 flex-1 items-start gap-2.5">
          <Icon aria-hidden className="mt-1.5 size-4 shrink-0 text-text-3" />
          <p className="min-w-0 flex-1 py-1 text-14 wrap-anywhere">
            <ChangeSentence change={change} accountId={accountId} />
          </p>
        </div>
        <div className="flex gap-1">
          <IconButton label={texts.list.edit({ change: text })} icon={Pencil} data-focus={`edit-${index}`} onClick={onEdit} />
          <IconButton label={texts.list.remove({ change: text })} icon={X} onClick={() => onRemove(text)} />
        </div>
        {/* In a narrow list they have a line of their own, below the sentence. */}
        {count > 1 && (
          <div className="flex basis-full items-center gap-1 @lg:basis-auto">
            <span className="mr-auto pl-6.5 text-12 text-text-3 @lg:pr-2 @lg:pl-3">{texts.list.place({ place: index + 1, count })}</span>
            <IconButton label={texts.list.earlier({ change: text })} icon={ArrowUp} data-focus={`up-${index}`} aria-disabled={index === 0 || undefined} className="aria-disabled:opacity-40" onClick={() => index > 0 && onMove(-1)} />
            <IconButton label={texts.list.later({ change: text })} icon={ArrowDown} data-focus={`down-${index}`} aria-disabled={index === count - 1 || undefined} className="aria-disabled:opacity-40" onClick={() => index < count - 1 && onMove(1)} />
          </div>
        )}
      </div>
      {problems.map((problem) => (
        <div key={problem} role="alert" className="mt-1 pl-6.5">
          <FieldMessage>{problem}</FieldMessage>
        </div>
      ))}
    </div>
  )
}
