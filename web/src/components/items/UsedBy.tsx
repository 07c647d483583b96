import { Link } from '@tanstack/react-router'
import { CircleSlash, TriangleAlert } from 'lucide-react'
import { Fragment } from 'react'
import type { Use, UsedBy as Uses } from '@/api/types'
import { grouped } from '@/lib/numbers'
import { phrase } from '@/lib/phrase'
import { nameOf } from '@/lib/refs'
import { Mark } from '../ui/Badge'
import { Card } from '../ui/Card'
import { FirstOf } from './FirstOf'
import { ItemLink } from './ItemLink'
import { isItemKind, type ItemKind } from './kinds'
import { texts } from './texts'
import { unreadUses, usersByKind, waysOf, type User, type UsersOfKind } from './uses'

/** So many of a kind are shown at first. */
const MOST = 10

const LINK = 'text-14 font-medium wrap-anywhere text-accent-text hover:underline touch:py-1.5'

/** Its name, with the way to its page, or to that of what it is part of. */
function Name({ kind, user: { id, name, network }, of }: { kind: Use['kind']; user: User; of: string }) {
  if (kind === 'dns-settings') {
    return (
      <Link to="/settings/accounts/$accountId/network" params={{ accountId: of }} className={LINK}>
        {texts.usedBy.dnsSettings}
      </Link>
    )
  }
  if (isItemKind(kind)) {
    return (
      <ItemLink kind={kind} id={id} of={of} className={LINK}>
        {name || id}
      </ItemLink>
    )
  }
  const own = kind === 'network-router' ? texts.usedBy.router({ name: network ? nameOf(network) : name || id }) : name || id
  return network ? (
    <ItemLink kind="network" id={network.id} of={of} className={LINK}>
      {kind === 'network-resource' ? phrase(texts.usedBy.resource, { name: own, network: nameOf(network), quiet: (words) => <span className="font-normal text-text-3">{words}</span> }) : own}
    </ItemLink>
  ) : (
    <span className="text-14 font-medium wrap-anywhere">{own}</span>
  )
}

function Ways({ thing, kind, user, of }: { thing: ItemKind; kind: Use['kind']; user: User; of: string }) {
  const ways = user.ways.flatMap((way) => waysOf(thing, kind, way))
  return (
    <span className="min-w-0 text-13 wrap-anywhere text-text-2">
      {ways.map(({ as, through }, index) => (
        <Fragment key={`${as} ${through?.text ?? ''} ${through?.group.id ?? ''}`}>
          {index > 0 && '; '}
          {through
            ? phrase(through.text, {
                as,
                group: (
                  <ItemLink kind="group" id={through.group.id} of={of} className="rounded-sm font-medium text-accent-text hover:underline">
                    {through.group.name || through.group.id}
                  </ItemLink>
                ),
              })
            : as}
        </Fragment>
      ))}
    </span>
  )
}

function OfKind({ thing, of, users: { kind, look, users } }: { thing: ItemKind; of: string; users: UsersOfKind }) {
  const { title, icon: Icon } = look
  return (
    <section aria-label={title} className="border-t border-line first:border-t-0">
      <h3 className="flex items-center gap-1.5 px-4 pt-2.5 pb-0.5 text-12 text-text-3">
        <Icon aria-hidden className="size-3.5 shrink-0" />
        {title}
        {users.length > 1 && <span className="tabular-nums">{grouped(users.length)}</span>}
      </h3>
      <FirstOf items={users} most={MOST} one={title.toLowerCase()} many={title.toLowerCase()} className="pb-1.5">
        {(user) => (
          <li key={user.id} className="flex flex-col gap-x-4 px-4 py-1 sm:flex-row sm:items-baseline">
            <span className="min-w-0 shrink-0 sm:w-1/2">
              <Name kind={kind} user={user} of={of} />
              {user.isOn === false && (
                <Mark tone="muted" icon={CircleSlash} className="ml-2 align-middle text-12">
                  {texts.usedBy.off}
                </Mark>
              )}
            </span>
            <Ways thing={thing} kind={kind} user={user} of={of} />
          </li>
        )}
      </FirstOf>
    </section>
  )
}

interface UsedByProps {
  /** What is used. */
  thing: ItemKind
  /** The account that it is in. */
  of: string
  uses: Uses
}

/** What names a thing, and as what: what would miss it. */
export function UsedBy({ thing, of, uses: { usedBy, usedByOmitted, unread } }: UsedByProps) {
  const isUnknown = unreadUses(unread)
  return (
    <Card title={texts.usedBy.title}>
      {usedBy.length === 0 ? (
        <p className="px-4 pt-1 pb-3 text-13 text-text-2">{isUnknown ? texts.usedBy.noneKnown : texts.usedBy.none}</p>
      ) : (
        usersByKind(usedBy).map((users) => <OfKind key={users.kind} thing={thing} of={of} users={users} />)
      )}
      {usedByOmitted > 0 && <p className="border-t border-line px-4 py-2.5 text-13 text-text-3">{texts.usedBy.omitted({ count: usedByOmitted })}</p>}
      {isUnknown && (
        <p className="flex items-start gap-2 rounded-b-lg border-t border-line bg-warn-soft px-4 py-2.5 text-13 text-warn-text">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {isUnknown}
        </p>
      )}
    </Card>
  )
}
