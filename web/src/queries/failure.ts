import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'

type Asked = Pick<UseQueryResult, 'error' | 'data' | 'errorUpdateCount'>

const NOTHING_ASKED: Asked = { error: null, data: undefined, errorUpdateCount: 0 }

/**
 * What a question failed with, also while it is asked again: until there is an answer, what is said of it stays, and so does the
 * button that somebody pressed. By itself a query forgets its failure when it begins anew.
 */
export function useFailure({ error, data, errorUpdateCount }: Asked = NOTHING_ASKED): Error | null {
  const [last, setLast] = useState(error)
  if (error && error !== last) setLast(error)
  return error ?? (data === undefined && errorUpdateCount > 0 ? last : null)
}
