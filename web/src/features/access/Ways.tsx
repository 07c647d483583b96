import { Link } from '@tanstack/react-router'
import { ArrowRight, CircleQuestionMark, type LucideIcon } from 'lucide-react'
import type { AccessWay } from '@/api/types'
import { KINDS } from '@/components/finder/kinds'
import { Mark } from '@/components/ui/Badge'
import { Card } from '@/components/ui/Card'
import { endOf, TARGETS, writeEnd, type AccessSearch } from '@/lib/accessEnds'
import { named } from '@/lib/named'
import { wayLook } from './looks'
import { texts } from './texts'

interface WaysProps {
  ways: readonly AccessWay[]
  omitted: number
  /** The question, but for what is to be reached. */
  search: Omit<AccessSearch, 'to'>
}

function Way({ way: { to, name, verdict, sentence }, search }: { way: AccessWay; search: WaysProps['search'] }) {
  const { icon: Icon, word: kind } = named<{ icon: LucideIcon; word: string }>(KINDS, to.type, (word) => ({ icon: CircleQuestionMark, word }))
  const { word, ...look } = wayLook(verdict)
  const end = endOf(to, TARGETS)
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <Icon aria-hidden className="mt-0.5 size-4.5 shrink-0 text-text-3" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 text-14">
          <span className="wrap-anywhere">
            <span className="text-text-3">{kind} </span>
            {name || to.name || to.id}
          </span>
          <Mark {...look} className="text-13">
            {word}
          </Mark>
        </p>
        <p className="mt-0.5 text-13 wrap-anywhere text-text-2">{sentence}</p>
        {end && (
          <Link to="/access" search={{ ...search, to: writeEnd(end) }} aria-label={texts.ways.askAbout({ name: name || to.name || to.id })} className="mt-1 inline-flex items-center gap-1.5 py-0.5 text-13 text-accent-text hover:underline touch:py-2">
            {texts.ways.ask}
            <ArrowRight aria-hidden className="size-3.5" />
          </Link>
        )}
      </div>
    </li>
  )
}

/** What leads to a domain or an address, each with its own answer: NetBird does not tell which of several a client takes. */
export function Ways({ ways, omitted, search }: WaysProps) {
  if (ways.length === 0) return null
  return (
    <Card title={texts.ways.title} note={ways.length > 1 ? texts.ways.note : undefined} className="mb-4">
      <ul className="flex flex-col divide-y divide-line pb-1">
        {ways.map((way, index) => (
          <Way key={index} way={way} search={search} />
        ))}
      </ul>
      {omitted > 0 && <p className="border-t border-line px-4 py-2.5 text-13 text-text-3">{texts.ways.omitted({ count: omitted })}</p>}
    </Card>
  )
}
