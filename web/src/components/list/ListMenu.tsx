import { Columns3, Download } from 'lucide-react'
import { useMemo } from 'react'
import { usePreferences } from '@/lib/preferences'
import { IconButton } from '../ui/Button'
import { Menu, MenuCheck, MenuHeading, MenuItem, MenuSeparator } from '../ui/Menu'
import type { Column } from './columns'

/** The columns of a list that its reader wants to see. */
export function useChosenColumns<T>(list: string, columns: readonly Column<T>[]): readonly Column<T>[] {
  const hidden = usePreferences((state) => state.hiddenColumns[list])
  return useMemo(() => (hidden === undefined ? columns : columns.filter(({ id }) => !hidden.includes(id))), [columns, hidden])
}

interface ListMenuProps<T> {
  /** Names the list among the preferences. */
  list: string
  columns: readonly Column<T>[]
  /** Saves what is loaded, which may not be all there is; undefined where the page saves the whole list itself. */
  onSave: (() => void) | undefined
  loaded: number
}

/** Which columns a list has, and its rows as a file. */
export function ListMenu<T>({ list, columns, onSave, loaded }: ListMenuProps<T>) {
  const hidden = usePreferences((state) => state.hiddenColumns[list]) ?? []
  const hideColumns = usePreferences((state) => state.hideColumns)
  return (
    <Menu align="end" trigger={<IconButton label={onSave ? 'Columns and export' : 'Columns'} icon={Columns3} />}>
      <MenuHeading>Columns, shown where they fit</MenuHeading>
      {columns.map(({ id, title }) => (
        <MenuCheck
          key={id}
          checked={!hidden.includes(id)}
          onChange={(shown) => hideColumns(list, shown ? hidden.filter((other) => other !== id) : [...hidden, id])}
        >
          {title}
        </MenuCheck>
      ))}
      {onSave && (
        <>
          <MenuSeparator />
          <MenuItem icon={Download} onSelect={onSave}>
            Save {loaded} loaded rows as CSV
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
