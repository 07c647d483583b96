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
import { texts } from './texts'

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
    <Card title={texts.starts.before} note={texts.starts.inTab}>
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
      ? { words: texts.starts.reach({ from: first.name, to: second.name }), search: { of, from, to: groupEnd(second) } }
      : { words: texts.starts.reachEachOther({ group: first.name }), search: { of, from, to: from } },
    second
      ? { words: texts.starts.logIn({ from: second.name, to: first.name }), search: { of, from: groupEnd(second), to: from, protocol: 'tcp', port: '22' } }
      : { words: texts.starts.logInToEachOther({ group: first.name }), search: { of, from, to: from, protocol: 'tcp', port: '22' } },
    resource
      ? { words: texts.starts.reach({ from: first.name, to: resource.name }), search: { of, from, to: writeEnd(resource) } }
      : { words: texts.starts.ping({ from: first.name, to: second?.name ?? first.name }), search: { of, from, to: groupEnd(second ?? first), protocol: 'icmp' } },
  ]
}

/** With one side given: the largest groups as the other. */
function completions(of: string, { from, to, protocol, port }: Asked, name: string, groups: readonly Group[]): Example[] {
  const on = { ...(protocol && { protocol }), ...(port !== undefined && { port }) }
  const given = from ?? to
  const others = groups.filter(({ id }) => given?.kind !== 'group' || given.id !== id)
  return (others.length > 0 ? others : groups).map((group) =>
    from
      ? { words: texts.starts.reach({ from: name, to: group.name }), search: { of, from: writeEnd(from), to: groupEnd(group), ...on } }
      : { words: texts.starts.reach({ from: group.name, to: name }), search: { of, from: groupEnd(group), ...(to && { to: writeEnd(to) }), ...on } },
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
export function Starts({ accountId, asked, name: given = texts.starts.it }: StartsProps) {
  const name = (asked.from ?? asked.to)?.kind === 'any' ? texts.starts.everyPeer : given
  const query = useStarts(accountId)
  const isHalf = (asked.from ?? asked.to) !== undefined
  return (
    <div className="grid gap-4 lg:grid-cols-2 lg:items-start">
      <Loaded
        query={query}
        what={texts.starts.what}
        skeleton={<StartsSkeleton />}
      >
        {({ groups, resource }) => {
          const list = isHalf ? completions(accountId, asked, name, groups) : examples(accountId, groups, resource)
          if (list.length === 0) {
            return (
              <NothingSynced icon={ShieldQuestionMark} title={texts.nothingToAsk}>
                {texts.starts.afterSync}
              </NothingSynced>
            )
          }
          return (
            <Card title={texts.starts.example} note={isHalf ? texts.starts.chooseOther : texts.starts.chooseBoth}>
              <ul className="divide-y divide-line">
                {list.map(({ words, search }) => (
                  <AskLink key={words} search={search}>
                    {words}
                  </AskLink>
                ))}
              </ul>
              <p className="border-t border-line px-4 py-3 text-12 text-text-3">
                {texts.starts.basis}
              </p>
            </Card>
          )
        }}
      </Loaded>
      <Recent />
    </div>
  )
}
