import { Check, Minus } from 'lucide-react'
import { useUser } from '@/api/client'
import type { RoleDescription } from '@/api/types'
import { RoleMark } from '@/components/roles'
import { SkeletonRows } from '@/components/Skeleton'
import { Empty, Loaded } from '@/components/states'
import { Badge } from '@/components/ui/Badge'
import { Card } from '@/components/ui/Card'
import { useMediaQuery } from '@/lib/mediaQuery'
import { useRoles } from '@/queries/members'
import { texts } from './texts'

interface Row {
  name: string
  description: string
  holders: ReadonlySet<string>
}

/** Every permission once, with the roles that hold it. */
function rowsOf(roles: readonly RoleDescription[]): Row[] {
  const rows = new Map<string, { name: string; description: string; holders: Set<string> }>()
  for (const role of roles) {
    for (const { name, description } of role.permissions) {
      const row = rows.get(name) ?? { name, description, holders: new Set<string>() }
      row.holders.add(role.name)
      rows.set(name, row)
    }
  }
  return [...rows.values()]
}

function RoleTable({ roles }: { roles: readonly RoleDescription[] }) {
  const own = useUser().role
  return (
    <table aria-label={texts.roleTable.permissionsRoles} className="w-full text-13">
      <thead>
        <tr className="text-left align-bottom text-text-3">
          <th scope="col" className="py-2 pl-4 text-12 font-normal">
            {texts.roleTable.permission}
          </th>
          {roles.map(({ name, title }) => (
            <th key={name} scope="col" className="w-28 px-2 py-2 text-center font-medium text-text-1">
              {title}
              {name === own && <span className="block text-12 font-normal text-text-3">{texts.roleTable.you}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rowsOf(roles).map(({ name, description, holders }) => (
          <tr key={name} className="border-t border-line hover:bg-surface-2">
            <th scope="row" className="py-2 pl-4 text-left font-normal">
              {description} <code className="ml-1 font-mono text-12 whitespace-nowrap text-text-3">{name}</code>
            </th>
            {roles.map((role) => (
              <td key={role.name} className="px-2 text-center">
                {holders.has(role.name) ? <Check role="img" aria-label={texts.roleTable.yes} className="inline size-4 text-ok-text" /> : <Minus role="img" aria-label={texts.roleTable.no} className="inline size-4 text-text-3" />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** On a phone: each role with what it adds to the smaller ones. */
function RoleCards({ roles }: { roles: readonly RoleDescription[] }) {
  const own = useUser().role
  const smallestFirst = [...roles].sort((one, other) => one.permissions.length - other.permissions.length)
  return (
    <ul aria-label={texts.roleCards.roles}>
      {smallestFirst.map((role, index) => {
        const smaller = smallestFirst[index - 1]
        const known = new Set(smaller?.permissions.map(({ name }) => name))
        return (
          <li key={role.name} className="border-t border-line p-4 first:border-t-0">
            <h2 className="flex flex-wrap items-center gap-2 text-14 font-semibold">
              <RoleMark role={role.name} />
              {role.name === own && <Badge tone="muted">{texts.roleCards.yours}</Badge>}
            </h2>
            <p className="mt-0.5 text-13 text-text-2">{role.description}</p>
            {smaller && <p className="mt-2 text-12 text-text-3">{texts.roleCards.allMay({ title: smaller.title.toLowerCase() })}</p>}
            <ul className="mt-1 flex flex-col gap-1 text-13">
              {role.permissions
                .filter(({ name }) => !known.has(name))
                .map(({ name, description }) => (
                  <li key={name} className="flex items-start gap-2">
                    <Check aria-hidden className="mt-0.5 size-3.5 shrink-0 text-ok-text" />
                    {description}
                  </li>
                ))}
            </ul>
          </li>
        )
      })}
    </ul>
  )
}

/** What each role may do, from the table that the server itself decides by. */
export function RolesPage() {
  const query = useRoles()
  const wide = useMediaQuery('(min-width: 900px)')
  return (
    <Card>
      <Loaded query={query} what={texts.rolesPage.roles} skeleton={<SkeletonRows rows={16} />}>
        {(roles) => (roles.length === 0 ? <Empty title={texts.rolesPage.title}>{texts.rolesPage.serverSentNoRoles}</Empty> : wide ? <RoleTable roles={roles} /> : <RoleCards roles={roles} />)}
      </Loaded>
    </Card>
  )
}
