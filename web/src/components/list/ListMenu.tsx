import { Columns3, Download } from 'lucide-react'
import { useMemo } from 'react'
import { usePreferences } from '@/lib/preferences'
import { IconButton } from '../ui/Button'
import { Menu, MenuCheck, MenuHeading, MenuItem, MenuSeparator } from '../ui/Menu'
import type { Column } from './columns'
import { texts } from './texts'

/** The columns of a list that its reader wants to see. */
export function useChosenColumns<T>(list: string, columns: readonly Column<T>[]): readonly Column<T>[] {
  const hidden = usePreferences((state) => state.hiddenColumns[list])
  return useMemo(() => (hidden === undefined ? columns : columns.filter(({ id }) => !hidden.includes(id))), [columns, hidden])
}

interface ListMenuProps<T> {
  /** Names the list among the preferences. */
  list: string
  columns: readonly Column<T>[]
  /** How its rows are saved; undefined where the page does that itself. */
  file: ListFile | undefined
}

/** What is saved: all of it as the server gives it, of so many rows if that is known, or what is loaded. */
type ListFile = { save: () => void; isSaving: boolean; rows: number | null } | { save: () => void; loaded: number }

const isBeingSaved = (file: ListFile): boolean => 'isSaving' in file && file.isSaving

function wordsOf(file: ListFile): string {
  if ('loaded' in file) return texts.menu.save({ count: file.loaded })
  if (isBeingSaved(file)) return texts.menu.saving
  return file.rows === null ? texts.menu.saveWhole : texts.menu.saveAll({ count: file.rows })
}

/** Which columns a list has, and its rows as a file. */
export function ListMenu<T>({ list, columns, file }: ListMenuProps<T>) {
  const hidden = usePreferences((state) => state.hiddenColumns[list]) ?? []
  const hideColumns = usePreferences((state) => state.hideColumns)
  return (
    <Menu align="end" trigger={<IconButton label={file ? texts.menu.labelWithExport : texts.menu.label} icon={Columns3} />}>
      <MenuHeading>{texts.menu.columns}</MenuHeading>
      {columns.map(({ id, title }) => (
        <MenuCheck
          key={id}
          checked={!hidden.includes(id)}
          onChange={(shown) => hideColumns(list, shown ? hidden.filter((other) => other !== id) : [...hidden, id])}
        >
          {title}
        </MenuCheck>
      ))}
      {file && (
        <>
          <MenuSeparator />
          <MenuItem
            icon={Download}
            onSelect={() => {
              if (!isBeingSaved(file)) file.save()
            }}
          >
            {wordsOf(file)}
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
