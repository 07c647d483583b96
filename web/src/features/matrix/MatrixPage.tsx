import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Download, Grid3x3, RefreshCw } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import { useCan } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { AccessMatrix } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import { useAccountFilter } from '@/components/accountFilter'
import { FilterChip } from '@/components/FilterChip'
import { useListAddress, type Change } from '@/components/list/address'
import type { Filter } from '@/components/list/definition'
import { FilterPicker } from '@/components/list/FilterPicker'
import { chosenWords } from '@/components/list/options'
import { NothingSynced } from '@/components/NothingSynced'
import { SearchInput } from '@/components/SearchInput'
import { Bone } from '@/components/Skeleton'
import { Empty, Failed, NotAllowed, RefreshFailed } from '@/components/states'
import { Mark } from '@/components/ui/Badge'
import { Button, IconButton } from '@/components/ui/Button'
import { Kbd } from '@/components/ui/Kbd'
import { AccountAge, AccountChoice, BeingRead, TooLarge } from '@/components/WholeNetwork'
import { useCsvFile } from '@/components/useCsvFile'
import { usePhone } from '@/lib/mediaQuery'
import { phrase } from '@/lib/phrase'
import { sentence } from '@/lib/sentence'
import { useAccounts } from '@/queries/accounts'
import { useFailure } from '@/queries/failure'
import { matrixFile } from '@/queries/accessFiles'
import { groupsThatFitQuery, matrixQuery, type MatrixFilters } from '@/queries/matrix'
import { useQuestions } from './address'
import { useMatrixFilters } from './filters'
import { FromChoice, FromList, rowOf } from './FromList'
import { lookOf } from './looks'
import { MatrixGrid } from './MatrixGrid'
import { MatrixNotes } from './MatrixNotes'
import { countStates, narrowed, placesOf, type Place } from './places'
import { texts } from './texts'

const route = getRouteApi('/frame/access/matrix')

const Framed = ({ children }: { children: ReactNode }) => <div className="rounded-lg border border-line bg-surface-1">{children}</div>

/** What of the address is of one account alone. */
const OF_ACCOUNT = { groups: undefined, all: undefined, from: undefined, rows: undefined, columns: undefined }

/** So many groups are found by eye. */
const FEW = 12

/** It only changes the address. */
const NO_KEYS = {}

const MatrixSkeleton = () => (
  <div aria-busy="true">
    <p role="status" className="sr-only">
      {texts.loading}
    </p>
    <div aria-hidden>
      <Bone className="mb-3 h-4.5 w-80 max-w-full" />
      <Bone className="h-112 w-full max-w-3xl rounded-lg" />
    </div>
  </div>
)

/** What the marks mean, and how many places have each. */
function Legend({ places }: { places: readonly (readonly Place[])[] }) {
  return (
    <div role="status" className="mb-3 text-13">
      <ul aria-label={texts.legend} className="flex flex-wrap gap-x-4 gap-y-1.5">
        {countStates(places).map(([state, count]) => {
          const { word, ...look } = lookOf(state)
          return (
            <li key={state}>
              <Mark {...look}>
                <span className="tabular-nums">{texts.count({ state: word, count })}</span>
              </Mark>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

const Keys = () => (
  <p className="mt-3 flex flex-wrap items-baseline gap-x-1.5 text-12 text-text-3 touch:hidden">
    {phrase(texts.keys.all, { arrows: <Kbd>{texts.keys.arrows}</Kbd>, enter: <Kbd>{texts.keys.enter}</Kbd>, space: <Kbd>{texts.keys.space}</Kbd> })}
  </p>
)

/** Which of the rows and columns: among two hundred groups nobody looks for one by eye. */
function Narrowing({ rows, columns, phone, onChange }: { rows: string; columns: string; phone: boolean; onChange: (change: Change, goesOn: boolean) => void }) {
  return (
    <div className="mb-3 flex flex-wrap gap-2">
      {!phone && <SearchInput label={texts.narrow.rows} placeholder={texts.narrow.rowsPlaceholder} maxLength={100} value={rows} onSearch={(text, goesOn) => onChange({ rows: text || undefined }, goesOn)} />}
      <SearchInput label={texts.narrow.columns} placeholder={texts.narrow.columnsPlaceholder} maxLength={100} value={columns} hasKey={phone} onSearch={(text, goesOn) => onChange({ columns: text || undefined }, goesOn)} />
    </div>
  )
}

function Shown({ matrix, fading }: { matrix: AccessMatrix; fading: boolean }) {
  const { protocol, port, from: chosen, rows = '', columns = '', groups: chosenGroups, all } = route.useSearch()
  const { set } = useListAddress(NO_KEYS)
  const phone = usePhone()
  const every = useMemo(() => placesOf(matrix), [matrix])
  const from = phone ? rowOf(every, chosen) : undefined
  const narrowedTo = useMemo(() => narrowed(every, phone ? '' : rows, columns), [every, phone, rows, columns])
  const places = from ? narrowedTo.filter(([place]) => place?.from.id === from.id) : narrowedTo
  const questions = useQuestions(matrix.accountId, protocol, port)
  return (
    <>
      <MatrixNotes matrix={matrix} onAll={chosenGroups === undefined && all === undefined ? () => set({ all: '1' }) : undefined} />
      {from && <FromChoice places={every} from={from} onChoose={(id) => set({ from: id }, { replace: true })} />}
      {(matrix.groups.length > FEW || rows !== '' || columns !== '') && <Narrowing {...{ rows, columns, phone }} onChange={(change, goesOn) => set(change, { replace: goesOn })} />}
      <Legend places={narrowedTo} />
      {places.length === 0 ? (
        <Framed>
          <Empty title={texts.narrow.none} action={<Button onClick={() => set({ rows: undefined, columns: undefined })}>{texts.narrow.all}</Button>}>
            {texts.narrow.noneHas({ groups: matrix.groups.length })}
          </Empty>
        </Framed>
      ) : from ? (
        <FromList row={places[0] ?? []} {...{ from, questions, fading }} />
      ) : (
        <>
          <MatrixGrid {...{ places, questions, fading }} account={matrix.accountId} />
          <Keys />
        </>
      )}
    </>
  )
}

interface BarProps {
  matrix: AccessMatrix | undefined
  asked: MatrixFilters
  filters: readonly Filter<never>[]
  refreshing: boolean
  onRefresh: () => void
}

/** Which account's, of which groups, on what, how old; and it as a file. */
function Bar({ matrix, asked, filters, refreshing, onRefresh }: BarProps) {
  const address = useListAddress({ filters })
  const { all } = route.useSearch()
  const { save, isSaving } = useCsvFile('access-matrix', matrixFile({ ...asked, accountId: matrix?.accountId ?? asked.accountId }))
  return (
    <div className="mb-4 flex min-h-8 flex-wrap items-center gap-2">
      <AccountChoice shown={matrix} also={OF_ACCOUNT} />
      {filters.map((filter) => {
        const values = address.filters[filter.id]
        return values && <FilterChip key={filter.id} label={filter.title} value={chosenWords(filter, values)} onRemove={() => address.set({ [filter.id]: undefined })} />
      })}
      {all && <FilterChip label={texts.filters.groups} value={texts.filters.asManyAsFit} onRemove={() => address.set({ all: undefined })} />}
      <FilterPicker label={texts.filters.label} filters={filters} address={address} counts={undefined} />
      {matrix && (
        <div className="ml-auto flex items-center gap-1">
          <AccountAge shown={matrix} />
          <IconButton label={texts.again} icon={RefreshCw} aria-busy={refreshing || undefined} onClick={onRefresh} />
          {matrix.groups.length > 0 && <IconButton label={texts.csv} icon={Download} aria-busy={isSaving || undefined} onClick={save} />}
        </div>
      )}
    </div>
  )
}

/** Why there is no matrix, and what to do. */
function Without({ error, retrying, onRetry, isChosen, onClear }: { error: unknown; retrying: boolean; onRetry: () => void; isChosen: boolean; onClear: () => void }) {
  if (hasSlug(error, 'not-found')) {
    return isChosen ? (
      <Framed>
        <Empty title={texts.without.gone} action={<Button onClick={onClear}>{texts.without.showUsual}</Button>}>
          {texts.without.whyGone}
        </Empty>
      </Framed>
    ) : (
      <Framed>
        <NothingSynced icon={Grid3x3} title={texts.without.notYet}>
          {texts.without.afterSync}
        </NothingSynced>
      </Framed>
    )
  }
  if (hasSlug(error, 'conflict')) {
    return (
      <Framed>
        <TooLarge>{texts.without.tooLarge({ why: sentence(error.message) })}</TooLarge>
      </Framed>
    )
  }
  if (hasSlug(error, 'unavailable')) {
    return (
      <Framed>
        <BeingRead {...{ retrying, onRetry }}>{texts.without.beingRead}</BeingRead>
      </Framed>
    )
  }
  return <Failed error={error} what={texts.what} {...{ retrying, onRetry }} />
}

/** Who reaches whom, group by group. */
export function MatrixPage() {
  const { groups: chosen, all, protocol, port } = route.useSearch()
  // The first account is the oldest, which the API takes where none is named.
  const { data: accounts } = useAccounts(useCan('accounts:read'))
  const accountId = useAccountFilter()
  const known = accountId ?? accounts?.[0]?.id
  const isAll = all !== undefined && chosen === undefined
  const everyGroup = useQuery(groupsThatFitQuery(isAll ? known : undefined))
  // Where they cannot be found out, those that the API chooses are better than none.
  const groups = isAll ? everyGroup.data : chosen
  const asked: MatrixFilters = { accountId, protocol, port: port === undefined ? undefined : Number(port), groups }
  const query = useQuery({ ...matrixQuery(asked), enabled: !isAll || groups !== undefined || everyGroup.isError || known === undefined })
  const { data: matrix, isFetching, isPlaceholderData } = query
  const error = useFailure(query)
  const filters = useMatrixFilters(matrix?.accountId ?? known, matrix?.groups, protocol)
  const { set } = useListAddress(NO_KEYS)
  const onRetry = () => void query.refetch()
  if (hasSlug(error, 'forbidden')) return <NotAllowed what={texts.what} permission={error.permission} />
  const isNothing = hasSlug(error, 'not-found') && chosen === undefined
  return (
    <>
      <AccountBanners />
      {!isNothing && <Bar matrix={matrix} asked={asked} filters={filters} refreshing={isFetching} onRefresh={onRetry} />}
      {matrix ? (
        <>
          {error && <RefreshFailed error={error} since={query.dataUpdatedAt} />}
          {matrix.groups.length === 0 ? (
            <Framed>
              <NothingSynced icon={Grid3x3} title={texts.without.noGroups}>
                {texts.without.noneToCompare}
              </NothingSynced>
            </Framed>
          ) : (
            <Shown matrix={matrix} fading={isPlaceholderData} />
          )}
        </>
      ) : error ? (
        <Without error={error} retrying={isFetching} onRetry={onRetry} isChosen={chosen !== undefined} onClear={() => set(OF_ACCOUNT)} />
      ) : (
        <MatrixSkeleton />
      )}
    </>
  )
}
