import { getRouteApi } from '@tanstack/react-router'
import { ClipboardCheck } from 'lucide-react'
import type { PostureCheckDetail } from '@/api/types'
import { Fact } from '@/components/Fact'
import { ItemPage, type ItemParts } from '@/components/items/ItemPage'
import { Card } from '@/components/ui/Card'
import { usePostureCheck } from '@/queries/items'
import { checksInWords } from './checks'
import { texts } from './texts'

const route = getRouteApi('/frame/posture-checks/$id')

const parts = (check: PostureCheckDetail): ItemParts => ({
  name: check.name,
  said: (
    <Card title={texts.checks.whatItAsks}>
      <ul className="flex flex-col gap-2 px-4 pt-1 pb-4">
        {checksInWords(check.checks).map((line) => (
          <li key={line} className="flex items-start gap-2 text-16 wrap-anywhere">
            <ClipboardCheck aria-hidden className="mt-1 size-4 shrink-0 text-text-3" />
            {line}
          </li>
        ))}
      </ul>
    </Card>
  ),
  facts: <Fact label={texts.description}>{check.description}</Fact>,
})

/** A posture check: all that it asks for, and the policies that ask for it. */
export function PostureCheckPage() {
  const { id } = route.useParams()
  const { of } = route.useSearch()
  return <ItemPage kind="posture-check" query={usePostureCheck(id, of)} parts={parts} />
}
