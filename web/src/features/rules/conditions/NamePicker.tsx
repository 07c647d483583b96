import { useState } from 'react'
import type { Peer } from '@/api/types'
import { ChipPicker, type Choice } from '@/components/ChipPicker'
import { listed } from '@/lib/numbers'
import { useFoundPeers } from '@/queries/peers'
import { given } from '@/queries/pages'
import { fits, isPattern, literalOf } from './pattern'
import { texts } from './texts'

interface NamePickerProps {
  label: string
  hint: string
  error?: string | undefined
  /** Only peers of this account. */
  accountId: string | undefined
  values: readonly string[]
  onChange: (values: string[]) => void
}

/** The peers that a text finds or fits, each name once: in several accounts there may be one of it. */
function choices(peers: readonly Peer[], text: string): Choice[] {
  const named = new Map<string, string[]>()
  const isMeant = ({ name }: Peer) => (isPattern(text) ? fits(text, name) : name.toLowerCase().includes(text.toLowerCase()))
  for (const peer of peers.filter(isMeant)) named.set(peer.name, [...(named.get(peer.name) ?? []), peer.ip])
  return [...named].map(([value, addresses]) => ({ value, note: listed(addresses) }))
}

/** Names of peers, or patterns of names: those that there are are found, and others may be written. */
export function NamePicker({ accountId, values, onChange, ...field }: NamePickerProps) {
  const [typed, setTyped] = useState('')
  const text = typed.trim()
  const found = useFoundPeers(given({ search: literalOf(text) || undefined, accountId }))
  const isNew = (value: string) => !values.includes(value)
  const peers = choices(found.data ?? [], text).filter(({ value }) => isNew(value) && value !== text)
  // What was written comes first, so that Enter takes it.
  const written: Choice[] = text !== '' && isNew(text) ? [{ value: text, note: isPattern(text) ? texts.namePicker.everyNameFits : texts.namePicker.name }] : []
  return (
    <ChipPicker
      {...field}
      {...{ values, onChange, typed }}
      list={[...written, ...peers]}
      onType={setTyped}
      placeholder={texts.namePicker.placeholder}
      none={found.isError ? texts.namePicker.peersCouldNotBe : texts.namePicker.noFurtherPeerWrite}
      isBusy={found.isPending}
      unknown={() => undefined}
    />
  )
}
