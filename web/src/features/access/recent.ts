import { useEffect } from 'react'
import { create } from 'zustand'
import { useSession } from '@/api/client'
import { scopeOf } from '@/api/session'
import type { AccessCheck } from '@/api/types'
import type { AccessSearch } from '@/lib/accessEnds'
import { addressOf, inShort } from './question'
import type { Question } from '@/queries/access'

export interface Asked {
  address: AccessSearch
  words: string
  verdict: Pick<AccessCheck, 'verdict' | 'extent' | 'counts'>
}

const KEPT = 6

/** What was asked in this tab, newest first, of one user in one tenant: it goes with the page, as names of others' networks should. */
const useStore = create<{ scope: string; list: readonly Asked[] }>(() => ({ scope: '', list: [] }))

const NONE: readonly Asked[] = []

function useRecent(): readonly Asked[] {
  const scope = scopeOf(useSession())
  return useStore((state) => (state.scope === scope ? state.list : NONE))
}

/** Without the present question. */
export function useOthers(present: AccessSearch | undefined): readonly Asked[] {
  const same = JSON.stringify(present)
  return useRecent().filter(({ address }) => JSON.stringify(address) !== same)
}

/** Keeps what was answered. */
export function useKeepRecent(question: Question | undefined, answer: AccessCheck | undefined): void {
  const scope = scopeOf(useSession())
  useEffect(() => {
    if (!question || !answer) return
    const { verdict, extent, counts, from, to, protocol, port } = answer
    const asked: Asked = { address: addressOf(question), words: inShort(from.name, to.name, { protocol, port: port ?? undefined }), verdict: { verdict, extent, counts } }
    const same = JSON.stringify(asked.address)
    useStore.setState((state) => ({ scope, list: [asked, ...(state.scope === scope ? state.list : NONE).filter(({ address }) => JSON.stringify(address) !== same)].slice(0, KEPT) }))
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a question is the same while its address is
  }, [scope, answer])
}
