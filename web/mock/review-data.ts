import type { AccessReview, AccessReviewChange, AccessReviewInput, AccessReviewNow, AccessReviewRow, AccessReviewRule, AccessReviewSignOffInput, AccessReviewSubject, ReviewIs } from '../src/api/types'
import { done, invalid, list, ok, page, problem, type Answer } from './answers'
import { peers } from './data'
import { HQ } from './network-data'
import { before, DAY, HOUR } from './times'

const NORA = { id: '0193a000-0000-7000-8000-000000000001', name: 'Nora Adler' }
const JONAS = { id: '0193a000-0000-7000-8000-000000000002', name: 'Jonas Weber' }

const DIGEST = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

const idOf = (number: number): string => `0193f300-0000-7000-8000-${String(number).padStart(12, '0')}`

const subject = (id: string, name: string, more: Partial<AccessReviewSubject> = {}): AccessReviewSubject => ({
  id,
  name,
  targetCount: id.startsWith('group:') ? 8 : 1,
  resourceCount: 0,
  peerCount: 12,
  unknownCount: 0,
  ruleCount: 2,
  isReachedByAnybody: false,
  digest: DIGEST.split('').reverse().join(''),
  ...more,
})

const SERVERS = 'group:group-acc-hq-servers'
const DB = 'group:group-acc-hq-db'
const WIKI = 'resource:wiki'

const subjects = (): AccessReviewSubject[] => [
  subject(DB, 'db', { peerCount: 10, unknownCount: 3, signOff: { at: before(2 * HOUR), by: NORA, decision: 'approved', comment: 'As agreed with the owners of the data.' } }),
  subject(SERVERS, 'servers', { peerCount: 15, ruleCount: 3, resourceCount: 2, isReachedByAnybody: true, signOff: { at: before(HOUR), by: JONAS, decision: 'change_needed', comment: 'Contractors have no business here.' } }),
  subject(WIKI, 'wiki', { peerCount: 0, ruleCount: 0 }),
]

function review(number: number, status: AccessReview['status'], name: string, more: Partial<AccessReview> = {}): AccessReview {
  const madeAt = before(number * 30 * HOUR)
  const of = status === 'open' ? subjects().map(({ signOff: _, ...rest }) => rest) : status === 'signed' ? subjects().slice(0, 1) : subjects()
  const signed = of.flatMap((each: AccessReviewSubject) => (each.signOff ? [each.signOff] : []))
  return {
    id: idOf(number),
    ...HQ,
    name,
    status,
    note: '',
    madeAt,
    madeBy: NORA,
    subjectCount: of.length,
    signedCount: signed.length,
    changeNeededCount: signed.filter(({ decision }) => decision === 'change_needed').length,
    rowCount: rowsOf({ subjects: of }).length,
    digest: DIGEST,
    updatedAt: signed.at(-1)?.at ?? madeAt,
    version: 3,
    asOf: madeAt,
    unread: [],
    watchedSince: before(40 * DAY),
    subjects: of,
    signOffs: signed,
    ...more,
  }
}

const rule = (policyId: string, policyName: string, more: Partial<AccessReviewRule> = {}): AccessReviewRule => ({ policyId, policyName, rule: 0, ruleName: '', groups: ['laptops'], ...more })

function rowsOf({ subjects: of }: Pick<AccessReview, 'subjects'>): AccessReviewRow[] {
  return of.flatMap(({ id, name, targetCount, peerCount, unknownCount }) =>
    peers()
      .slice(0, peerCount + unknownCount)
      .map((peer, index): AccessReviewRow => {
        const isCertain = index < peerCount
        return {
          subjectId: id,
          subjectName: name,
          peerId: peer.id,
          peerName: peer.name,
          isCertain,
          reached: isCertain ? targetCount : 0,
          perhaps: isCertain ? 0 : targetCount,
          targets: targetCount,
          open: isCertain ? ['TCP 5432'] : [],
          mayBeOpen: isCertain ? ['TCP 5432'] : ['TCP 22, 5432'],
          ...(!isCertain && { unknown: 'NetBird does not show where the peer is' }),
          rules:
            index % 4 === 3
              ? [rule('default', 'Default', { groups: ['All'] })]
              : [rule('laptops', 'Laptops to servers', { lastChangedAt: before(3 * HOUR), lastChangedBy: 'admin' }), ...(index % 3 === 0 ? [rule('wiki', 'Contractors to wiki', { rule: 1, lastChangedAt: before(9 * DAY) })] : [])],
        }
      }),
  )
}

const reviews = (): AccessReview[] => [
  review(1, 'partly', 'Databases and servers, fourth quarter', { note: 'For the auditors of the fourth quarter.\nEach owner signs their own group.' }),
  review(2, 'open', 'Before the contractors come', { madeBy: JONAS, unread: ['posture checks'] }),
  review(3, 'signed', 'Databases, third quarter'),
  review(4, 'signed', 'Databases, second quarter'),
]

const STANDING: Readonly<Record<string, ReviewIs>> = { [idOf(1)]: 'different', [idOf(2)]: 'same', [idOf(3)]: 'gone', [idOf(4)]: 'unknown' }

const WHY: Partial<Record<ReviewIs, string>> = { gone: 'the account that it is about is not connected any more', unknown: 'the policies of the account could not be read' }

function standing(one: AccessReview): AccessReviewNow['now'] {
  const is = STANDING[one.id] ?? 'same'
  const reason = WHY[is]
  return {
    standing: is,
    ...(reason !== undefined && { reason }),
    ...(reason === undefined && { asOf: before(12_000) }),
    subjects: reason !== undefined ? [] : one.subjects.map(({ id, peerCount, unknownCount }, index) => ({ id, standing: is === 'different' && index > 0 ? (index === 1 ? 'different' : 'same') : 'same', peerCount: peerCount + (is === 'different' && index === 1 ? 3 : 0), unknownCount })),
  }
}

const LONG = ' for the warehouse in Lyon, second floor, and everything that belongs to it'

const stretched = (one: AccessReview): AccessReview => ({ ...one, name: `${one.name}${LONG}`.slice(0, 100), accountName: 'Laboratory of the long corridor, floor 2', madeBy: { ...one.madeBy, name: 'Maximiliane von und zu Hohenfels-Wittgenstein' }, subjects: one.subjects.map((of) => ({ ...of, name: `${of.name}-of-the-warehouse-in-lyon-second-floor`.slice(0, 40) })) })

function signed(one: AccessReview, { subjectId, decision, comment = '' }: AccessReviewSignOffInput): AccessReview {
  const signOff = { at: before(0), by: NORA, decision, comment }
  const of = one.subjects.map((each) => (subjectId === undefined || subjectId === null || each.id === subjectId ? { ...each, signOff } : each))
  const count = of.filter(({ signOff }) => signOff).length
  return {
    ...one,
    subjects: of,
    signOffs: [...one.signOffs, signOff],
    signedCount: count,
    changeNeededCount: of.filter(({ signOff }) => signOff?.decision === 'change_needed').length,
    status: count === of.length ? 'signed' : 'partly',
    version: one.version + 1,
  }
}

/** What access reviews answer. */
export function answerReviews(method: string, path: string, query: URLSearchParams, body: unknown, scenario: string): Answer | undefined {
  const [, id, act] = /^\/api\/access\/reviews(?:\/([^/]+))?(?:\/(rows|export|sign-off))?$/.exec(path) ?? []
  if (!path.startsWith('/api/access/reviews')) return undefined
  const all = scenario === 'empty' ? [] : reviews().map((one) => (scenario === 'long-names' ? stretched(one) : one))
  if (id === undefined) {
    if (method === 'POST') {
      const { name, note = '', groupIds = [], resourceIds = [] } = body as AccessReviewInput
      if (name === 'taken') return invalid('/groupIds/0', 'is not the id of a group of this account')
      if (name === 'large') return problem(409, 'conflict', 'Not possible as things are', 'the review would have 400000 rows, and may have at most 250000: choose fewer groups and resources')
      return ok({ ...review(1, 'open', name, { note }), subjectCount: groupIds.length + resourceIds.length }, 201)
    }
    const [statuses, search] = [query.get('status')?.split(','), query.get('search')?.toLowerCase() ?? '']
    return list(all.filter(({ status, accountId, name, madeBy }) => (!statuses || statuses.includes(status)) && (!query.has('accountId') || query.get('accountId') === accountId) && `${name} ${madeBy.name}`.toLowerCase().includes(search)))
  }
  const found = all.find((one) => one.id === id)
  if (!found) return problem(404, 'not-found', 'Not found', 'There is no such review.')
  if (method === 'DELETE') return done
  if (method === 'PUT') return ok({ ...found, ...(body as AccessReviewChange), version: found.version + 1 })
  if (act === 'sign-off') {
    const input = body as AccessReviewSignOffInput
    if (input.comment === 'late') return problem(412, 'precondition-failed', 'Changed meanwhile', 'It was changed meanwhile: look at it again.')
    return ok(signed(found, input))
  }
  if (act === 'export') {
    const [first, second] = [query.get('cursor') === null, query.get('format') === 'csv']
    const text = second ? (first ? 'subject,peer\r\ndb,laptop-01\r\n' : 'servers,laptop-02\r\n') : `${JSON.stringify({ part: first ? 1 : 2 })}\n`
    return { status: 200, body: text, headers: first ? { link: `<${path}?cursor=2>; rel="next"` } : {} }
  }
  if (act === 'rows') {
    const isAsked = (name: string, value: string) => (query.get(name) ?? value) === value
    const rows = rowsOf(found).filter(
      (row) =>
        isAsked('subjectId', row.subjectId) &&
        isAsked('isCertain', String(row.isCertain)) &&
        row.peerName.includes(query.get('search')?.toLowerCase() ?? '') &&
        (!query.has('policyId') || row.rules.some(({ policyId }) => policyId === query.get('policyId'))),
    )
    return page(rows, path, query)
  }
  return ok({ review: found, now: standing(found) })
}
