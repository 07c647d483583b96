import { useNavigate, useRouter } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { AccessMatrixGroup } from '@/api/types'
import { writeEnd, type AccessSearch } from '@/lib/accessEnds'

const endOf = ({ id }: AccessMatrixGroup) => writeEnd({ kind: 'group', id })

export interface Questions {
  /** The address of the question that a place is the answer to. */
  href: (from: AccessMatrixGroup, to: AccessMatrixGroup) => string
  ask: (from: AccessMatrixGroup, to: AccessMatrixGroup) => void
  search: (from: AccessMatrixGroup, to: AccessMatrixGroup) => AccessSearch
}

/** There are thousands of places: what their addresses have in common is made once, which a link of the router's does not do. */
export function useQuestions(of: string, protocol: AccessSearch['protocol'], port: string | undefined): Questions {
  const router = useRouter()
  const navigate = useNavigate()
  return useMemo(() => {
    const on: AccessSearch = { of, ...(protocol && { protocol }), ...(port !== undefined && { port }) }
    const common = router.buildLocation({ to: '/access', search: on } as Parameters<typeof router.buildLocation>[0]).publicHref
    const search: Questions['search'] = (from, to) => ({ ...on, from: endOf(from), to: endOf(to) })
    return {
      search,
      href: (from, to) => `${common}&from=${encodeURIComponent(endOf(from))}&to=${encodeURIComponent(endOf(to))}`,
      ask: (from, to) => void navigate({ to: '/access', search: search(from, to) }),
    }
  }, [router, navigate, of, protocol, port])
}
