import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** Under what a command stands in the palette, in this order. */
export const COMMAND_GROUPS = ['Pages', 'Peers', 'Alerts', 'Rules', 'Accounts', 'Actions'] as const

interface Told {
  /** Unlike any other's: the mark stays with it when rows come late. */
  id: string
  group: (typeof COMMAND_GROUPS)[number]
  label: string
  note?: string
  /** Other words that find it. */
  words?: readonly string[] | undefined
  icon: LucideIcon
  /** The server found it by what was typed, whatever it is called. */
  isFound?: boolean
  /** Shown only to those who type for it. */
  isAct?: boolean
}

/** What a feature adds to the palette: a thing to open, or an act, also on a thing that was found. It is done at once, or by a dialog that takes the palette's place. */
export type Command = Told & ({ run: () => void; dialog?: undefined } | { dialog: (onClose: () => void) => ReactNode })
