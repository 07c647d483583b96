import { Link } from '@tanstack/react-router'
import { ArrowRight, ShieldQuestionMark } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Group } from '@/api/types'
import { NothingSynced } from '@/components/NothingSynced'
import { Bone } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { Mark } from '@/components/ui/Badge'
import { Card } from '@/components/ui/Card'
import { writeEnd, type AccessSearch } from '@/lib/accessEnds'
import { useStarts } from '@/queries/access'
import type { Found } from '@/queries/found'
import { verdictLook } from './looks'
import type { Asked } from './question'
import { useOthers } from './recent'

const ROW = 'flex min-h-11 items-center gap-3 px-4 py-2 text-14 hover:bg-surface-2 focus-visible:-outline-offset-2'

function AskLink({ search, children, end }: { search: AccessSearch; children: ReactNode; end?: ReactNode }) {
  return (
    <li>
      <Link to="/access" search={search} className={ROW}>
        <span className="min-w-0 flex-1 wrap-anywhere">{children}</span>
        {end ?? <ArrowRight aria-hidden className="size-4 shrink-0 text-text-3" />}
      </Link>
    </li>
  )
}

export function Recent({ without }: { without?: AccessSearch }) {
  const others = useOthers(without)
  if (others.length === 0) return null
  return (
    <Card title="Asked before" note="in this tab">
      <ul className="divide-y divide-line pb-1">
        {others.map(({ address, words, verdict }) => {
          const { word, ...look } = verdictLook(verdict)
          return (
            <AskLink key={JSON.stringify(address)} search={address} end={<Mark {...look} className="text-13">{word}</Mark>}>
              {words}
            </AskLink>
          )
        })}
      </ul>
    </Card>
  )
}

interface Example {
  words: string
  search: AccessSearch
}

/** NetBird's group of every peer: it is in no rule that tells one from another. */
const EVERYBODY = 'All'

const groupEnd = ({ id }: Group): string => writeEnd({ kind: 'group', id })

/** Questions from what the account has: three, if there is enough. */
function examples(of: string, groups: readonly Group[], resource: Found<'resource'> | undefined): Example[] {
  const telling = groups.filter(({ name }) => name !== EVERYBODY)
  const [first = groups[0], second] = telling
  if (!first) return []
  const from = groupEnd(first)
  return [
    second
      ? { words: `Can ${first.name} reach ${second.name}?`, search: { of, from, to: groupEnd(second) } }
      : { words: `Can the peers of ${first.name} reach each other?`, search: { of, from, to: from } },
    second
      ? { words: `Can ${second.name} log in to ${first.name} by SSH (TCP 22)?`, search: { of, from: groupEnd(second), to: from, protocol: 'tcp', port: '22' } }
      : { words: `Can the peers of ${first.name} log in to each other by SSH (TCP 22)?`, search: { of, from, to: from, protocol: 'tcp', port: '22' } },
    resource
      ? { words: `Can ${first.name} reach ${resource.name}?`, search: { of, from, to: writeEnd(resource) } }
      : { words: `Can ${first.name} ping ${second?.name ?? first.name}?`, search: { of, from, to: groupEnd(second ?? first), protocol: 'icmp' } },
  ]
}

/** With one side given: the largest groups as the other. */
function completions(of: string, { from, to, protocol, port }: Asked, name: string, groups: readonly Group[]): Example[] {
  const on = { ...(protocol && { protocol }), ...(port !== undefined && { port }) }
  const given = from ?? to
  const others = groups.filter(({ id }) => given?.kind !== 'group' || given.id !== id)
  return (others.length > 0 ? others : groups).map((group) =>
    from
      ? { words: `Can ${name} reach ${group.name}?`, search: { of, from: writeEnd(from), to: groupEnd(group), ...on } }
      : { words: `Can ${group.name} reach ${name}?`, search: { of, from: groupEnd(group), ...(to && { to: writeEnd(to) }), ...on } },
  )
}

export function StartsSkeleton() {
  return (
    <div className="rounded-lg border border-line bg-surface-1 p-4">
      <Bone className="h-5 w-40" />
      <Bone className="mt-4 h-5 w-72 max-w-full" />
      <Bone className="mt-6 h-5 w-64 max-w-full" />
      <Bone className="mt-6 h-5 w-72 max-w-full" />
    </div>
  )
}

interface StartsProps {
  accountId: string
  asked: Asked
  /** What the side is called that is given, where one is. */
  name: string | undefined
}

/** What there is before a whole question: where to begin, and what was asked before. */
export function Starts({ accountId, asked, name: given = 'it' }: StartsProps) {
  const name = (asked.from ?? asked.to)?.kind === 'any' ? 'every peer' : given
  const query = useStarts(accountId)
  const isHalf = (asked.from ?? asked.to) !== undefined
  return (
    <div className="grid gap-4 lg:grid-cols-2 lg:items-start">
      <Loaded
        query={query}
        what="what can be asked about"
        skeleton={<StartsSkeleton />}
      >
        {({ groups, resource }) => {
          const list = isHalf ? completions(accountId, asked, name, groups) : examples(accountId, groups, resource)
          if (list.length === 0) {
            return (
              <NothingSynced icon={ShieldQuestionMark} title="Nothing to ask about yet">
                Groups and peers appear within minutes of the first sync. Then you can ask who reaches what.
              </NothingSynced>
            )
          }
          return (
            <Card title="For example" note={isHalf ? 'or choose the other side above' : 'or choose both sides above'}>
              <ul className="divide-y divide-line">
                {list.map(({ words, search }) => (
                  <AskLink key={words} search={search}>
                    {words}
                  </AskLink>
                ))}
              </ul>
              <p className="border-t border-line px-4 py-3 text-12 text-text-3">
                Answers go by policies, posture checks, networks and routes as of the last sync. What NetBird does not show is said to be unknown.
              </p>
            </Card>
          )
        }}
      </Loaded>
      <Recent />
    </div>
  )
}
