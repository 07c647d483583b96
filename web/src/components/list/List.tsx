import type { ReactNode } from 'react'
import { usePhone } from '@/lib/mediaQuery'
import { plural } from '@/lib/numbers'
import type { PagedList } from '@/queries/pagedList'
import { useAccountFilter } from '../accountFilter'
import { FilterChip } from '../FilterChip'
import { SearchInput } from '../SearchInput'
import { SkeletonRows } from '../Skeleton'
import { Empty } from '../states'
import { Button } from '../ui/Button'
import { useListAddress, written } from './address'
import { useCsvFile } from '../useCsvFile'
import { saveCsv } from './csv'
import type { ListDefinition } from './definition'
import { FilterPicker } from './FilterPicker'
import { ListCards } from './ListCards'
import { ListEnd } from './ListEnd'
import { ListMenu, useChosenColumns } from './ListMenu'
import { ListTable } from './ListTable'
import { LoadedList } from './LoadedList'
import { chosenWords } from './options'
import { SavedViews } from './SavedViews'
import type { Selection } from './selection'
import { texts } from './texts'

interface ListProps<T> {
  definition: ListDefinition<T>
  list: PagedList<T>
  /** What is said where nothing is to be listed, and nothing narrows it. */
  empty: ReactNode
  /** Before its search and filters. */
  lead?: ReactNode
  /** After the number of rows. */
  note?: ReactNode
  /** The page's own act, at the end of the bar. */
  action?: ReactNode
  /** Between its bar and its rows. */
  above?: ReactNode
  selection?: Selection
  onAcknowledge?: (id: string | undefined) => void
}

/** A list: searched, filtered, ordered, saved, read and walked alike on every page. */
export function List<T>({ definition, list, empty, lead, note, action, above, selection, onAcknowledge }: ListProps<T>) {
  const { id, one, many, columns: all, filters = [], searches, longestSearch, savedElsewhere = false, name, more = [] } = definition
  const address = useListAddress(definition)
  const account = useAccountFilter()
  const phone = usePhone()
  const chosen = useChosenColumns(id, all)
  const { items, total } = list
  const whole = useCsvFile(id, list.file)
  const plurals = many ?? `${one}s`
  const Shape = phone ? ListCards : ListTable
  const isSaved = searches !== undefined || filters.length > 0
  const picked = filters.filter(({ elsewhere }) => !elsewhere)
  return (
    <>
      <div className="mb-4 flex min-h-8 flex-wrap items-center gap-2">
        {lead}
        {searches !== undefined && (
          <SearchInput label={texts.list.search({ plurals })} placeholder={searches} maxLength={longestSearch} value={address.search} onSearch={(search, goesOn) => address.set({ search }, { replace: goesOn })} />
        )}
        {picked.map((filter) => {
          const values = address.filters[filter.id]
          return values && <FilterChip key={filter.id} label={filter.title} value={chosenWords(filter, values)} onRemove={() => address.set({ [filter.id]: undefined })} />
        })}
        {picked.length > 0 && <FilterPicker label={texts.list.filter({ plurals })} filters={picked} address={address} counts={list.counts} />}
        <div className="ml-auto flex items-center gap-1">
          <p className="text-13 whitespace-pre text-text-3">
            <span role="status">{typeof total === 'number' && plural(total, one, plurals)}</span>
            {note}
          </p>
          {isSaved && <SavedViews list={id} address={address} />}
          {items && items.length > 0 && <ListMenu list={id} columns={all} file={savedElsewhere ? undefined : list.file ? { ...whole, rows: total } : { save: () => saveCsv(id, [name, ...all, ...more], items), loaded: items.length }} />}
        </div>
        {action}
      </div>
      {above}
      <LoadedList
        list={list}
        what={texts.list.the({ plurals })}
        skeleton={
          <div className="rounded-lg border border-line bg-surface-1">
            <SkeletonRows rows={16} className={name.below ? 'h-14' : 'row-h'} />
          </div>
        }
      >
        {(rows) =>
          rows.length === 0 ? (
            <div className="rounded-lg border border-line bg-surface-1">
              {address.isNarrowed ? (
                <Empty title={texts.list.noMatches({ one })} action={<Button onClick={address.clear}>{texts.list.clear}</Button>}>
                  {texts.list.noMatchesWhy}
                </Empty>
              ) : (
                empty
              )}
            </div>
          ) : (
            <>
              <Shape
                definition={definition}
                items={rows}
                columns={phone ? all : chosen}
                sort={address.sort}
                onSort={(sort) => address.set({ sort })}
                view={`${account ?? ''} ${written(address)}`}
                fading={list.fading}
                onSee={list.see}
                selection={selection}
                onAcknowledge={onAcknowledge}
              />
              <ListEnd list={list} what={plurals} />
            </>
          )
        }
      </LoadedList>
    </>
  )
}
