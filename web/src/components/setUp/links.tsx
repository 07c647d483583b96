import { Link } from '@tanstack/react-router'
import { Pencil, Plus } from 'lucide-react'
import { useCan } from '@/api/client'
import type { NameColumn } from '../list/columns'
import { ROW_LINK } from '../items/ItemLink'
import { buttonClass } from '../ui/Button'
import { SET_UP, type SetUpKind } from './kinds'
import { texts } from './texts'

interface KindProps {
  kind: SetUpKind
}

/** To the form that makes one, for those who may. */
export function NewLink({ kind, variant = 'primary' }: KindProps & { variant?: 'primary' | 'secondary' }) {
  const { add, write } = SET_UP[kind]
  return useCan(write) ? (
    <Link to={add} className={buttonClass(variant)}>
      <Plus aria-hidden className="size-4" />
      {texts.links.new({ kind })}
    </Link>
  ) : null
}

/** To the form that changes one. */
export function EditLink({ kind, id }: KindProps & { id: string }) {
  return (
    <Link {...SET_UP[kind].edit(id)} className={buttonClass('primary')}>
      <Pencil aria-hidden className="size-4" />
      {texts.links.edit}
    </Link>
  )
}

/** Out of a form: to what is changed, or to the list. */
export function CancelLink({ kind, id }: KindProps & { id?: string }) {
  return (
    <Link {...(id === undefined ? { to: SET_UP[kind].list } : SET_UP[kind].page(id))} className={buttonClass()}>
      {texts.links.cancel}
    </Link>
  )
}

interface Named {
  id: string
  name: string
}

/** Names the rows of a list, each of which leads to its page. */
export const nameColumn = <T extends Named>(kind: SetUpKind): NameColumn<T> => ({
  id: 'name',
  title: texts.links.name,
  sort: 'name',
  by: ({ name }) => name,
  text: ({ name }) => name,
  cell: ({ id, name }) => (
    <Link {...SET_UP[kind].page(id)} className={ROW_LINK}>
      {name}
    </Link>
  ),
})
