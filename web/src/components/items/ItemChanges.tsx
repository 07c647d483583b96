import { Link } from '@tanstack/react-router'
import type { Change } from '@/api/types'
import { useItemChanges } from '@/queries/changes'
import { ChangeLine } from '../ChangeLine'
import { SkeletonRows } from '../Skeleton'
import { Loaded } from '../states'
import { Card } from '../ui/Card'
import { texts } from './texts'

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
      title={texts.changes.title}
      action={
        <Link to="/changes" search={all} className="text-accent-text hover:underline touch:py-3">
          {texts.changes.all}
        </Link>
      }
    >
      <Loaded query={query} what={texts.changes.what} skeleton={<SkeletonRows rows={2} />}>
        {(changes) =>
          changes.length === 0 ? (
            <p className="px-4 pt-1 pb-3 text-13 text-text-2">{texts.changes.none}</p>
          ) : (
            <ol className="pb-1">
              {changes.map((change) => (
                <ChangeLine key={change.id} change={change} search={all} />
              ))}
            </ol>
          )
        }
      </Loaded>
    </Card>
  )
}
