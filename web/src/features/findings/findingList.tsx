import clsx from 'clsx'
import type { AccessFinding } from '@/api/types'
import { ItemLink } from '@/components/items/ItemLink'
import { isItemKind } from '@/components/items/kinds'
import type { ListDefinition } from '@/components/list/definition'
import { SEVERITIES, SeverityMark, severityWord } from '@/components/status'
import { phrase } from '@/lib/phrase'
import { kindWord, subjectLook } from './kinds'
import { rankOf } from './summary'
import { texts } from './texts'

/** What a finding is about, and the way to its page. */
function About({ finding: { subject }, accountId }: { finding: AccessFinding; accountId: string | undefined }) {
  const { word, icon: Icon } = subjectLook(subject.type)
  const name = subject.name || subject.id
  const shape = 'inline-flex max-w-full items-center gap-1.5 align-top'
  const inside = (
    <>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {phrase(texts.list.subject, { kind: (words) => <span className="sr-only">{words}</span>, what: word, name: <span className="truncate">{name}</span> })}
    </>
  )
  if (!isItemKind(subject.type)) {
    return (
      <span className={shape} title={texts.list.subjectTitle({ what: word, name })}>
        {inside}
      </span>
    )
  }
  return (
    <ItemLink
      kind={subject.type}
      id={subject.id}
      of={accountId}
      // On a phone the whole card leads there.
      className={clsx(shape, 'text-accent-text hover:underline max-sm:after:absolute max-sm:after:inset-0')}
      title={texts.list.subjectTitle({ what: word, name })}
    >
      {inside}
    </ItemLink>
  )
}

/** `accountId` is the account that the findings are of. */
export const findingList = (accountId: string | undefined): ListDefinition<AccessFinding> => ({
  id: 'findings',
  label: texts.list.label,
  one: texts.list.one,
  ownHeights: true,
  idOf: ({ id }) => id,
  name: {
    id: 'name',
    title: texts.list.finding,
    sort: 'name',
    by: ({ sentence }) => sentence,
    text: ({ sentence }) => sentence,
    // A sentence goes on in the next line: where it leads to needs its room, too.
    letters: 33,
    fewest: 33,
    cell: ({ sentence }) => <span className="font-medium wrap-anywhere">{sentence}</span>,
  },
  columns: [
    {
      id: 'severity',
      title: texts.list.severity,
      width: 104,
      priority: 10,
      leads: true,
      sort: 'severity',
      card: 'beside',
      by: rankOf,
      text: ({ severity }) => severityWord(severity),
      cell: ({ severity }) => <SeverityMark severity={severity} />,
    },
    { id: 'about', title: texts.list.about, width: 200, priority: 9, card: 'below', text: ({ subject }) => subject.name, cell: (finding) => <About finding={finding} accountId={accountId} /> },
    { id: 'kind', title: texts.list.kind, width: 190, priority: 6, card: 'below', text: ({ kind }) => kindWord(kind), cell: ({ kind }) => <span className="text-text-3">{kindWord(kind)}</span> },
  ],
  more: [
    { title: texts.list.advice, text: ({ advice }) => advice },
    { title: texts.list.aboutA, text: ({ subject }) => subjectLook(subject.type).word },
    { title: texts.list.rule, text: ({ subject }) => (typeof subject.rule === 'number' ? String(subject.rule + 1) : '') },
    { title: texts.list.id, text: ({ subject }) => subject.id },
  ],
  filters: [
    { id: 'severity', title: texts.list.severity, several: true, options: SEVERITIES.map(({ value, word, tone, icon }) => ({ value, label: word, tone, icon })), of: ({ severity }) => [severity] },
    { id: 'kind', title: texts.list.kind, several: true, of: ({ kind }) => [kind], word: kindWord },
  ],
  searches: texts.list.searches,
  sort: 'severity',
  // Below the sentence, past the severity.
  detail: ({ advice }) => <p className="text-13 text-text-2 sm:pl-26">{advice}</p>,
})
