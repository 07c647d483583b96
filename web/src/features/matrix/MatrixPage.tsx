import { getRouteApi } from '@tanstack/react-router'
import clsx from 'clsx'
import { Grid3x3, TriangleAlert } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import { hasSlug } from '@/api/problem'
import type { AccessMatrix } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import { useAccountFilter } from '@/components/accountFilter'
import { FilterChip } from '@/components/FilterChip'
import { useListAddress } from '@/components/list/address'
import { FilterPicker } from '@/components/list/FilterPicker'
import { chosenWords } from '@/components/list/options'
import { NothingSynced } from '@/components/NothingSynced'
import { Bone } from '@/components/Skeleton'
import { Empty, Loaded } from '@/components/states'
import { Button } from '@/components/ui/Button'
import { AccountAge, AccountChoice, BeingRead, TooLarge } from '@/components/WholeNetwork'
import { grouped, listed, plural } from '@/lib/numbers'
import { useAccessMatrix } from '@/queries/matrix'
import { ByGroup } from './ByGroup'
import { VERDICTS } from './cells'
import { matrixFilters } from './filters'
import { Grid } from './Grid'

const route = getRouteApi('/frame/matrix')

const Framed = ({ children }: { children: ReactNode }) => <div className="rounded-lg border border-line bg-surface-1">{children}</div>

/** What is not in the matrix, though it may be there. */
function notesOf({ unread, omittedGroups, omittedCells, groups }: AccessMatrix): string[] {
  const notes: string[] = []
  if (unread.length > 0) notes.push(`Could not be read: ${listed(unread)}. What depends on them is not known.`)
  if (omittedGroups > 0) notes.push(`The ${plural(groups.length, 'group')} that most rules name are shown. ${grouped(omittedGroups)} more are not: choose them with the filter “Groups”.`)
  if (omittedCells > 0) notes.push(`${plural(omittedCells, 'cell is', 'cells are')} left out: choose fewer groups.`)
  return notes
}

function Notes({ matrix }: { matrix: AccessMatrix }) {
  const notes = notesOf(matrix)
  if (notes.length === 0) return null
  return (
    <div role="status" className="mb-3 flex items-start gap-2 rounded-lg border border-line bg-surface-1 px-4 py-2 text-13 text-text-2">
      <TriangleAlert aria-hidden className={clsx('mt-0.5 size-4 shrink-0', matrix.unread.length > 0 ? 'text-warn-text' : 'text-text-3')} />
      <div>
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </div>
    </div>
  )
}

const Legend = () => (
  <ul aria-label="What the marks mean" className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-12 text-text-3 max-sm:hidden">
    {VERDICTS.map(({ icon: Icon, word }) => (
      <li key={word} className="flex items-center gap-1.5">
        <Icon aria-hidden className="size-3.5" />
        {word}
      </li>
    ))}
  </ul>
)

/** Who reaches whom in one account, group by group. */
export function MatrixPage() {
  const { groups, protocol, port } = route.useSearch()
  const account = useAccountFilter()
  // A ping has no port.
  const asked = protocol === 'icmp' ? undefined : port
  const query = useAccessMatrix({ accountId: account, groups, protocol, port: asked === undefined ? undefined : Number(asked) })
  const { data: matrix, error } = query
  const filters = useMemo(() => matrixFilters(matrix?.groups.map(({ id, name }) => ({ value: id, label: name })) ?? [], matrix?.accountId), [matrix])
  const address = useListAddress({ filters })
  if (hasSlug(error, 'not-found') && groups === undefined) {
    return (
      <Framed>
        <NothingSynced icon={Grid3x3} title="Nothing to compare yet">
          Who reaches whom appears here within minutes of the first sync.
        </NothingSynced>
      </Framed>
    )
  }
  const service = { ...(protocol && { protocol }), ...(asked !== undefined && { port: asked }) }
  const isChosen = groups !== undefined
  const instead = hasSlug(error, 'conflict') ? (
    <TooLarge>{isChosen ? 'These groups have too many peers and rules together. Choose fewer of them, or ask about two.' : 'Its groups have too many peers and rules together. Choose a few of them with the filter “Groups”.'}</TooLarge>
  ) : hasSlug(error, 'not-found') ? (
    <Empty icon={Grid3x3} title="One of these groups is not there any more" action={<Button onClick={address.clear}>Clear filters</Button>}>
      It was removed in NetBird, or is of another account.
    </Empty>
  ) : !matrix && hasSlug(error, 'unavailable') ? (
    <BeingRead retrying={query.isFetching} onRetry={() => void query.refetch()}>
      Half of a network would give wrong answers, so it is judged after the next sync.
    </BeingRead>
  ) : undefined
  return (
    <>
      <AccountBanners />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <AccountChoice shown={matrix} also={{ groups: undefined }} />
        {filters.map((filter) => {
          const values = address.filters[filter.id]
          return values && <FilterChip key={filter.id} label={filter.title} value={chosenWords(filter, values)} onRemove={() => address.set({ [filter.id]: undefined })} />
        })}
        <FilterPicker label="Filter the matrix" filters={filters} address={address} counts={undefined} />
        {matrix && !instead && <AccountAge shown={matrix} />}
      </div>
      {instead ? (
        <Framed>{instead}</Framed>
      ) : (
        <Loaded query={query} what="the matrix" skeleton={<Bone className="h-96" />}>
          {(matrix) => (
            <div aria-busy={query.isPlaceholderData || undefined} className={clsx(query.isPlaceholderData && 'opacity-60')}>
              <Notes matrix={matrix} />
              {matrix.groups.length === 0 ? (
                <Framed>
                  <Empty icon={Grid3x3} title="No rule names a group">
                    With the first policy, what its groups may reach is shown here.
                  </Empty>
                </Framed>
              ) : (
                <>
                  <Grid matrix={matrix} service={service} />
                  <ByGroup matrix={matrix} service={service} />
                  <Legend />
                </>
              )}
            </div>
          )}
        </Loaded>
      )}
    </>
  )
}
