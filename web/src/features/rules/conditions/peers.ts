import { limits } from '@/api/__generated__/limits'
import type { OperatingSystem, PeerFilter } from '@/api/types'
import { named, wordsOf } from '@/lib/named'
import { texts } from './texts'

/** Which peers a condition looks at, as the form has it: those that fit each list that is not empty. */
export interface PeersDraft {
  groups: string[]
  exceptGroups: string[]
  names: string[]
  operatingSystems: OperatingSystem[]
  users: string[]
}

const TITLES: Record<OperatingSystem, string> = { linux: texts.peers.linux, windows: texts.peers.windows, macos: 'macOS', ios: 'iOS', android: texts.peers.android, bsd: 'BSD' }

export const SYSTEMS = (Object.keys(TITLES) as OperatingSystem[]).map((value) => ({ value, label: TITLES[value] }))

export const systemTitle = (system: string): string => named(TITLES, system, wordsOf)

/** All of them. */
export const everyPeer = (): PeersDraft => ({ groups: [], exceptGroups: [], names: [], operatingSystems: [], users: [] })

const LISTS = Object.keys(everyPeer()) as (keyof PeersDraft)[]

/** What a condition has of it, be it a request or another draft. */
export function peersOf(config: Partial<PeerFilter>): PeersDraft {
  const { groups = [], exceptGroups = [], names = [], operatingSystems = [], users = [] } = config
  return { groups: [...groups], exceptGroups: [...exceptGroups], names: [...names], operatingSystems: [...operatingSystems], users: [...users] }
}

/** The request's part: what nothing is asked of is left out. */
export function toPeers(draft: PeersDraft): Partial<PeerFilter> {
  return Object.fromEntries(LISTS.flatMap((list) => (draft[list].length > 0 ? [[list, [...draft[list]]]] : [])))
}

/** Whether something beside groups narrows it down. */
export const isNarrowed = (draft: PeersDraft): boolean => LISTS.some((list) => list !== 'groups' && draft[list].length > 0)

const LIMITS = limits.PeerFilter

/** A pattern that fits every name says nothing. */
const FITS_ALL = /^\*+$/

function wrongNames(names: readonly string[]): string | undefined {
  if (names.length > LIMITS.names.maxItems) return texts.peers.atMostNames({ maxItems: LIMITS.names.maxItems })
  const all = names.find((name) => FITS_ALL.test(name))
  return all && texts.peers.fitsEveryNameLeave({ all })
}

/** What is wrong, by field. */
export function wrongPeers({ groups, exceptGroups, names, users }: PeersDraft): Record<string, string> {
  const both = exceptGroups.find((group) => groups.includes(group))
  const wrongName = wrongNames(names)
  return {
    ...(groups.length > LIMITS.groups.maxItems && { groups: texts.peers.atMostGroups({ maxItems: LIMITS.groups.maxItems }) }),
    ...(both !== undefined && { exceptGroups: texts.peers.amongGroupsRuleLooks({ both }) }),
    ...(exceptGroups.length > LIMITS.exceptGroups.maxItems && { exceptGroups: texts.peers.atMostGroups({ maxItems: LIMITS.exceptGroups.maxItems }) }),
    ...(wrongName && { names: wrongName }),
    ...(users.length > LIMITS.users.maxItems && { users: texts.peers.atMostUsers({ maxItems: LIMITS.users.maxItems }) }),
  }
}
