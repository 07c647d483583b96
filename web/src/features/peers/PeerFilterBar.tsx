import { Plus } from 'lucide-react'
import { useId, useMemo, useState, type ReactNode } from 'react'
import type { Peer } from '@/api/types'
import { FilterChip } from '@/components/FilterChip'
import { SearchInput } from '@/components/SearchInput'
import { PEER_STATUSES } from '@/components/status'
import { Mark } from '@/components/ui/Badge'
import { Button, buttonClass } from '@/components/ui/Button'
import { Checkbox, TextField } from '@/components/ui/Field'
import { Popover } from '@/components/ui/Popover'
import { listed } from '@/lib/numbers'
import type { PeerFilters } from './peerFilters'

const words = new Map(PEER_STATUSES.map(({ value, word }) => [value, word]))

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].filter(Boolean).sort((one, other) => one.localeCompare(other))
}

interface PickerProps {
  filters: PeerFilters
  peers: readonly Peer[]
  onDone: () => void
}

function Picker({ filters, peers, onDone }: PickerProps) {
  const [status, setStatus] = useState(filters.status ?? [])
  const [group, setGroup] = useState(filters.group ?? '')
  const [os, setOs] = useState(filters.os ?? '')
  const listId = useId()
  const groups = useMemo(() => distinct(peers.flatMap((peer) => peer.groups)), [peers])
  const systems = useMemo(() => distinct(peers.map((peer) => peer.os)), [peers])
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        filters.set({ status, group: group.trim(), os: os.trim() })
        onDone()
      }}
    >
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 text-13 font-medium">Status</legend>
        {PEER_STATUSES.map(({ value, word, tone, icon }) => (
          <Checkbox
            key={value}
            label={
              <Mark tone={tone} icon={icon}>
                {word}
              </Mark>
            }
            checked={status.includes(value)}
            onChange={(checked) => setStatus(checked ? [...status, value] : status.filter((other) => other !== value))}
          />
        ))}
      </fieldset>
      <TextField label="Group" list={`${listId}-groups`} autoComplete="off" value={group} onChange={(event) => setGroup(event.target.value)} />
      <datalist id={`${listId}-groups`}>
        {groups.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <TextField label="Operating system" list={`${listId}-os`} autoComplete="off" value={os} onChange={(event) => setOs(event.target.value)} />
      <datalist id={`${listId}-os`}>
        {systems.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Button type="submit" variant="primary">
        Apply filters
      </Button>
    </form>
  )
}

interface PeerFilterBarProps {
  filters: PeerFilters
  /** What is on screen, for suggestions. */
  peers: readonly Peer[]
  /** Said at the end of the bar: how many, how old. */
  children: ReactNode
}

export function PeerFilterBar({ filters, peers, children }: PeerFilterBarProps) {
  const [open, setOpen] = useState(false)
  const { status, group, os, set } = filters
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <SearchInput label="Search peers" placeholder="Name, IP, host, DNS" value={filters.search ?? ''} onSearch={(search) => set({ search })} />
      {status && (
        <FilterChip label="Status" value={listed(status.map((value) => (words.get(value) ?? value).toLowerCase()), 'or')} onRemove={() => set({ status: undefined })} />
      )}
      {group && <FilterChip label="Group" value={group} onRemove={() => set({ group: undefined })} />}
      {os && <FilterChip label="OS" value={os} onRemove={() => set({ os: undefined })} />}
      <Popover
        label="Filter peers"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <button type="button" className={buttonClass()}>
            <Plus aria-hidden className="size-3.5" />
            Filter
          </button>
        }
      >
        <Picker filters={filters} peers={peers} onDone={() => setOpen(false)} />
      </Popover>
      <div className="ml-auto flex items-center text-13 whitespace-pre text-text-3">{children}</div>
    </div>
  )
}
