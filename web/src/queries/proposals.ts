import { queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, expectData, expectPage } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { AccessProposal, AccessProposalDecisionInput, AccessProposalInput, ProposalsQuery } from '@/api/types'
import { asksAgain } from './access'
import { REFRESH_MS, STALE } from './client'
import { keys } from './keys'
import { usePagedList } from './pagedList'
import { given } from './pages'

export type ProposalFilters = Omit<ProposalsQuery, 'limit' | 'cursor'>

const PAGE_SIZE = 100

/** Proposals, newest first. */
export const useProposals = (filters: ProposalFilters) =>
  usePagedList({
    queryKey: keys.proposals.list(filters),
    fetchPage: async (cursor, signal) => expectPage(await api.GET('/api/access/proposals', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    idOf: ({ id }) => id,
  })

const proposalQuery = (id: string) =>
  queryOptions({
    queryKey: keys.proposal.one(id),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/access/proposals/{id}', { params: { path: { id } }, signal })),
    // What it would do is judged anew each time: as dear as a difference, and as seldom.
    staleTime: STALE.usual,
    refetchInterval: ({ state }) => (state.data !== undefined ? STALE.configuration : hasSlug(state.error, 'unavailable') ? REFRESH_MS : false),
    retry: (failures, error) => asksAgain(failures, error),
  })

export const useProposal = (id: string) => useQuery(proposalQuery(id))

/** The proposal that changes are taken from, if they are. */
export const useProposalOf = (id: string | undefined) => useQuery({ ...proposalQuery(id ?? ''), enabled: id !== undefined })

/** What was answered is shown at once; how it stands by now is asked anew. */
function changed(client: QueryClient, proposal: AccessProposal) {
  client.setQueryData(proposalQuery(proposal.id).queryKey, (before) => before && { ...before, proposal })
  void client.invalidateQueries({ queryKey: keys.proposals.all })
}

export function useCreateProposal() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: AccessProposalInput) => expectData(await api.POST('/api/access/proposals', { body })),
    onSuccess: () => void client.invalidateQueries({ queryKey: keys.proposals.all }),
  })
}

export interface Seen {
  id: string
  /** The version that was on screen: whoever saw an older one is told so. */
  version: number
}

const asSeen = ({ id, version }: Seen) => ({ path: { id }, header: { 'If-Match': `"${version}"` } })

export function useUpdateProposal(seen: Seen) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: AccessProposalInput) => expectData(await api.PUT('/api/access/proposals/{id}', { params: asSeen(seen), body })),
    onSuccess: (proposal) => {
      changed(client, proposal)
      void client.invalidateQueries({ queryKey: keys.proposal.one(proposal.id) })
    },
  })
}

/** Other people's comments do not stand in the way of one's own. */
export function useCommentProposal(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ message, key }: { message: string; key: string }) =>
      expectData(await api.POST('/api/access/proposals/{id}/comments', { params: { path: { id }, header: { 'Idempotency-Key': key } }, body: { message } })),
    onSuccess: (comment) => {
      client.setQueryData(proposalQuery(id).queryKey, (before) => before && { ...before, proposal: { ...before.proposal, comments: [...before.proposal.comments, comment], commentCount: before.proposal.commentCount + 1 } })
      void client.invalidateQueries({ queryKey: keys.proposals.all })
    },
  })
}

export function useDecideProposal(seen: Seen) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: AccessProposalDecisionInput) => expectData(await api.POST('/api/access/proposals/{id}/decision', { params: asSeen(seen), body })),
    onSuccess: (proposal) => changed(client, proposal),
    // Somebody was quicker: what they did is to be seen.
    onError: () => void client.invalidateQueries({ queryKey: keys.proposal.one(seen.id) }),
  })
}

export function useDeleteProposal() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (seen: Seen) => {
      expectData(await api.DELETE('/api/access/proposals/{id}', { params: asSeen(seen) }))
    },
    onSuccess: (_, { id }) => {
      client.removeQueries({ queryKey: keys.proposal.one(id) })
      void client.invalidateQueries({ queryKey: keys.proposals.all })
    },
  })
}
