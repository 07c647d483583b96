import { Link } from '@tanstack/react-router'
import type { Change } from '@/api/types'
import { useItemChanges } from '@/queries/changes'
import { SkeletonRows } from '../Skeleton'
import { Loaded } from '../states'
import { Ago } from '../Time'
import { Card } from '../ui/Card'

/** So many, the newest first; the page of changes has the others. */
const MOST = 5

interface ItemChangesProps {
  resource: Change['resource']
  id: string
  /** The account that it is in. */
  of: string
}

/** What changed about one thing lately, and who did it. */
export function ItemChanges({ resource, id, of }: ItemChangesProps) {
  const query = useItemChanges({ resource, itemId: id, accountId: of, limit: MOST })
  const all = { list: [resource], item: id, account: of }
  return (
    <Card
      title="Changes"
      action={
        <Link to="/changes" search={all} className="text-accent-text hover:underline touch:py-3">
          All changes
        </Link>
      }
    >
      <Loaded query={query} what="the changes" skeleton={<SkeletonRows rows={2} />}>
        {(changes) =>
          changes.length === 0 ? (
            <p className="px-4 pt-1 pb-3 text-13 text-text-2">No change of it is on record.</p>
          ) : (
            <ol className="pb-1">
              {changes.map((change) => (
                <li key={change.id} className="relative border-t border-line px-4 py-2 first:border-t-0 focus-within:bg-surface-2 hover:bg-surface-2">
                  <Link to="/changes" search={{ ...all, change: change.id }} className="block text-13 wrap-anywhere after:absolute after:inset-0 hover:underline">
                    {change.sentences.join(' · ') || change.itemName}
                  </Link>
                  <p className="text-12 text-text-3">
                    <Ago at={change.at} />
                    {change.by && ` by ${change.by.name || change.by.email || change.by.id || 'NetBird'}`}
                  </p>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </Card>
  )
}
