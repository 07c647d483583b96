import clsx from 'clsx'
import { memo } from 'react'
import type { Column } from './columns'
import type { ListDefinition } from './definition'
import { SelectBox } from './SelectBox'
import { texts } from './texts'

interface TableRowProps<T> {
  definition: ListDefinition<T>
  id: string
  item: T
  gone: boolean
  index: number
  /** Of its own where it is not given. */
  height: number | undefined
  /** Before the name, and after it. */
  leading: readonly Column<T>[]
  trailing: readonly Column<T>[]
  /** Undefined where rows are not selected. */
  selected: boolean | undefined
  onToggle: ((id: string) => void) | undefined
}

function Row<T>({ definition, id, item, gone, index, height, leading, trailing, selected, onToggle }: TableRowProps<T>) {
  const { name, actions, detail } = definition
  const ownHeight = height === undefined
  const cell = clsx('truncate px-3', ownHeight && 'py-2 align-top')
  const under = detail?.(item) ?? null
  const spans = leading.length + trailing.length + 1 + (selected === undefined ? 0 : 1) + (actions ? 1 : 0)
  return (
    <>
      <tr
        id={ownHeight ? id : undefined}
        data-row={id}
        tabIndex={-1}
        aria-rowindex={index + 2}
        style={ownHeight ? undefined : { height }}
        className={clsx(
          'relative scroll-mt-24 border-line outline-offset-[-2px] last:border-b-0 target:bg-accent-soft focus-within:bg-surface-2 hover:bg-surface-2',
          under === null && 'border-b',
          selected && 'bg-accent-soft',
          gone && 'opacity-50',
        )}
      >
        {selected !== undefined && (
          <td className="pl-4">
            <SelectBox label={texts.cards.select({ text: name.text(item) })} checked={selected} onChange={() => onToggle?.(id)} />
          </td>
        )}
        {leading.map((column) => (
          <td key={column.id} className={cell}>
            {column.cell(item, { gone })}
          </td>
        ))}
        <td className={ownHeight ? 'px-3 py-2 align-top' : cell} title={name.text(item)}>
          {name.below ? (
            <>
              <span className="block truncate">{name.cell(item, { gone })}</span>
              <span className={clsx('block text-13 text-text-3', ownHeight ? 'wrap-anywhere' : 'truncate')}>{name.below(item)}</span>
            </>
          ) : (
            name.cell(item, { gone })
          )}
        </td>
        {trailing.map((column) => (
          <td key={column.id} className={cell}>
            {column.cell(item, { gone })}
          </td>
        ))}
        {actions && (
          <td className={clsx('pr-3', ownHeight && 'py-1.5 align-top')}>
            <div className="relative z-10 flex items-center justify-end gap-1">{actions.cell(item)}</div>
          </td>
        )}
      </tr>
      {under !== null && (
        <tr className={clsx('border-b border-line last:border-b-0', gone && 'opacity-50')}>
          <td colSpan={spans} className="px-3 pb-3">
            {under}
          </td>
        </tr>
      )}
    </>
  )
}

/** A row of a list's table. A long list is scrolled by its rows that come and go: those that stay are not made again. */
export const TableRow = memo(Row) as typeof Row
