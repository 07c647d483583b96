import { Link } from '@tanstack/react-router'
import type { Change } from '@/api/types'
import { phrase } from '@/lib/phrase'
import { actorWords } from './changeWords'
import { texts } from './texts/network'
import { Ago } from './Time'

interface ChangeLineProps {
  change: Change
  /** What the log of changes, behind it, is narrowed to. */
  search: { list: string[]; account: string; item?: string; time?: string }
}

/** One change in a list of few: what, when, and by whom. */
export function ChangeLine({ change, search }: ChangeLineProps) {
  const who = actorWords(change.by)
  return (
    <li className="relative border-t border-line px-4 py-2 first:border-t-0 focus-within:bg-surface-2 hover:bg-surface-2">
      <Link to="/changes" search={{ ...search, change: change.id }} className="block text-13 wrap-anywhere after:absolute after:inset-0 hover:underline">
        {change.sentences.join(' · ') || change.itemName}
      </Link>
      <p className="text-12 text-text-3">
        {who === undefined ? phrase(texts.changeLine.byNobodyKnown, { when: <Ago at={change.at} /> }) : phrase(texts.changeLine.by, { when: <Ago at={change.at} />, who })}
      </p>
    </li>
  )
}
