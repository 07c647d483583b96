import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, expectData, expectPage, nextCursor } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { AccessReview, AccessReviewChange, AccessReviewInput, AccessReviewRow, AccessReviewSignOffInput, ReviewExportQuery, ReviewRowsQuery, ReviewsQuery } from '@/api/types'
import { asksAgain } from './access'
import { patiently, REFRESH_MS, STALE } from './client'
import { keys } from './keys'
import { usePagedList } from './pagedList'
import { given } from './pages'

export type ReviewFilters = Omit<ReviewsQuery, 'limit' | 'cursor'>
export type ReviewRowFilters = Omit<ReviewRowsQuery, 'limit' | 'cursor'>

const PAGE_SIZE = 100

/** Access reviews, newest first. */
export const useReviews = (filters: ReviewFilters) =>
  usePagedList({
    queryKey: keys.reviews.list(filters),
    fetchPage: async (cursor, signal) => expectPage(await api.GET('/api/access/reviews', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    idOf: ({ id }) => id,
  })

/** One of them, and how the network as it is now stands to it: as dear as a difference, and asked as seldom. */
export const useReview = (id: string) =>
  useQuery({
    queryKey: keys.review.one(id),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/access/reviews/{id}', { params: { path: { id } }, signal })),
    staleTime: STALE.usual,
    refetchInterval: ({ state }) => (state.data !== undefined ? STALE.configuration : hasSlug(state.error, 'unavailable') ? REFRESH_MS : false),
    retry: (failures, error) => asksAgain(failures, error),
  })

export const rowKey = ({ subjectId, peerId }: Pick<AccessReviewRow, 'subjectId' | 'peerId'>): string => `${subjectId} ${peerId}`

/** Who reaches what. It was written down once, and stays. */
export const useReviewRows = (id: string, filters: ReviewRowFilters) =>
  usePagedList({
    queryKey: keys.reviewRows(id, filters),
    fetchPage: async (cursor, signal) => expectPage(await api.GET('/api/access/reviews/{id}/rows', { params: { path: { id }, query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    idOf: rowKey,
    staleTime: Infinity,
  })

/** A page of the longest kind. */
const LONGEST_PAGE = 1000

/** The first rows, as many as go on paper. */
export async function readReviewRows(id: string, most: number, signal: AbortSignal): Promise<AccessReviewRow[]> {
  const rows: AccessReviewRow[] = []
  let cursor: string | undefined
  do {
    const query = given({ limit: Math.min(LONGEST_PAGE, most - rows.length), cursor })
    const { items, next } = await patiently(async () => expectPage(await api.GET('/api/access/reviews/{id}/rows', { params: { path: { id }, query }, signal })), signal)
    rows.push(...items)
    cursor = next ?? undefined
  } while (cursor !== undefined && rows.length < most)
  return rows
}

export type ReviewFormat = NonNullable<ReviewExportQuery['format']>

/** All rows as a file, read part by part. */
export async function readReviewFile(id: string, format: ReviewFormat, signal: AbortSignal): Promise<Blob[]> {
  const parts: Blob[] = []
  let cursor: string | undefined
  do {
    const query = given({ format, cursor })
    const { part, next } = await patiently(async () => {
      const answer = await api.GET('/api/access/reviews/{id}/export', { params: { path: { id }, query }, parseAs: 'blob', signal })
      return { part: expectData<Blob | undefined>(answer), next: nextCursor(answer.response.headers.get('link')) }
    }, signal)
    if (part) parts.push(part)
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return parts
}

export function useCreateReview() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ key, body }: { key: string; body: AccessReviewInput }) => expectData(await api.POST('/api/access/reviews', { params: { header: { 'Idempotency-Key': key } }, body })),
    onSuccess: () => void client.invalidateQueries({ queryKey: keys.reviews.all }),
  })
}

export interface SeenReview {
  id: string
  /** The version that was on screen: whoever saw an older one is told so. */
  version: number
}

const asSeen = ({ id, version }: SeenReview) => ({ path: { id }, header: { 'If-Match': `"${version}"` } })

function changed(client: QueryClient, review: AccessReview) {
  client.setQueryData(keys.review.one(review.id), (before: object | undefined) => before && { ...before, review })
  void client.invalidateQueries({ queryKey: keys.reviews.all })
}

export function useChangeReview(seen: SeenReview) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: AccessReviewChange) => expectData(await api.PUT('/api/access/reviews/{id}', { params: asSeen(seen), body })),
    onSuccess: (review) => changed(client, review),
    // Somebody was quicker: what they did is to be seen.
    onError: () => void client.invalidateQueries({ queryKey: keys.review.one(seen.id) }),
  })
}

export function useSignReview(seen: SeenReview) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: AccessReviewSignOffInput) => expectData(await api.POST('/api/access/reviews/{id}/sign-off', { params: asSeen(seen), body })),
    onSuccess: (review) => changed(client, review),
    onError: () => void client.invalidateQueries({ queryKey: keys.review.one(seen.id) }),
  })
}

export function useDeleteReview() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (seen: SeenReview) => {
      expectData(await api.DELETE('/api/access/reviews/{id}', { params: asSeen(seen) }))
    },
    onSuccess: (_, { id }) => {
      client.removeQueries({ queryKey: keys.review.one(id) })
      void client.invalidateQueries({ queryKey: keys.reviews.all })
    },
  })
}
