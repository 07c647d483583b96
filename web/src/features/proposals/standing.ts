import type { AccessProposal, AccessProposalDecided, AccessProposalStanding, ProposalDecision, ProposalState } from '@/api/types'
import { named } from '@/lib/named'
import type { FoundKind, Thing } from '@/queries/found'
import { texts } from './texts'

type Said = { at: string; by: AccessProposal['createdBy'] } & ({ kind: 'comment'; message: string } | ({ kind: 'decision' } & Pick<AccessProposalDecided, 'decision' | 'message' | 'isAlone'>))

/** Comments and decisions as they came, one after the other. */
export function talk({ comments, decisions }: Pick<AccessProposal, 'comments' | 'decisions'>): Said[] {
  const said: Said[] = [...comments.map((comment) => ({ kind: 'comment' as const, ...comment })), ...decisions.map((decision) => ({ kind: 'decision' as const, ...decision }))]
  return said.sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
}


/** "approved this" */
export const didWords = (decision: ProposalDecision): string => named<string>(texts.talk.did, decision, (words) => texts.talk.didOther({ words: words.toLowerCase() }))

/** What can be decided of a proposal as it stands. */
export const decisionsOf = (state: ProposalState): readonly ProposalDecision[] => named<readonly ProposalDecision[]>({ open: ['approve', 'reject', 'close'], approved: ['close', 'reject', 'reopen'], rejected: ['reopen'], closed: ['reopen'] }, state, () => [])

type Eyes = Pick<AccessProposal, 'createdBy' | 'changedBy' | 'soleApprover'>

/** Four eyes: whether somebody who may approve may approve this one, and whether they do so alone. */
export function approvalBy(userId: string, { createdBy, changedBy, soleApprover }: Eyes): 'yes' | 'alone' | 'own' {
  if (createdBy.id !== userId && changedBy.id !== userId) return 'yes'
  return soleApprover === userId ? 'alone' : 'own'
}


type ChangedThing = AccessProposalStanding['changedSince'][number]

/** "Group servers is changed", "Policy ssh is gone", "Peer a is now called b" */
export function changedWords({ list, id, name, nameNow, change }: ChangedThing): string {
  const what = { kind: named<string>(texts.standing.lists, list, (words) => words), name: name || id, nameNow: nameNow || undefined }
  switch (change) {
    case 'gone':
      return texts.standing.isGone(what)
    case 'renamed':
      return texts.standing.renamed(what)
    default:
      return texts.standing.changed(what)
  }
}

const LIST_OF: Partial<Record<FoundKind, string>> = { policy: 'policies', group: 'groups', peer: 'peers', router: 'network_routers', resource: 'network_resources', check: 'posture_checks' }

/** What things were called when the changes were tried. */
export const namesThen =
  (touched: AccessProposal['touched']) =>
  ({ kind, id }: Thing): string | undefined =>
    touched.find((thing) => thing.list === LIST_OF[kind] && thing.id === id)?.name || undefined
