import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import clsx from 'clsx'
import { Bell, Keyboard, LogOut, Monitor, MonitorSmartphone, Moon, Plus, Search, SlidersHorizontal, Sun, type LucideIcon } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useDeferredValue, useId, useRef, useState } from 'react'
import { session, useCan } from '@/api/client'
import { announceFailure } from '@/components/announcements'
import { Kbd } from '@/components/ui/Kbd'
import { activeAlertsQuery } from '@/queries/alerts'
import { peerSearchQuery } from '@/queries/peers'
import { rulesQuery } from '@/queries/rules'
import { usePreferences } from '@/lib/preferences'
import type { Menu } from '../pageDefinition'
import { useMenu } from '../useMenu'
import { fairly, finds } from './match'

interface Command {
  id: string
  group: 'Pages' | 'Peers' | 'Alerts' | 'Rules' | 'Actions'
  label: string
  note?: string
  /** Other words that find it. */
  words?: readonly string[] | undefined
  icon: LucideIcon
  run: () => void
}

/** As many are shown. */
const MOST = 30

const THEMES = [
  { theme: 'light', label: 'Use the light theme', icon: Sun },
  { theme: 'dark', label: 'Use the dark theme', icon: Moon },
  { theme: 'system', label: 'Follow the system’s theme', icon: MonitorSmartphone },
] as const

const MENUS: readonly Menu[] = ['watch', 'network', 'access', 'alerting', 'workspace', 'you', 'tenant']

function useCommands(typed: string, onHelp: () => void): Command[] {
  const navigate = useNavigate()
  const menu = useMenu()
  const search = useDeferredValue(typed.trim())
  const mayWriteRules = useCan('rules:write')
  const mayWriteAccounts = useCan('accounts:write')
  const peers = useQuery({ ...peerSearchQuery(search), enabled: useCan('netbird:read') && search !== '' })
  const alerts = useQuery({ ...activeAlertsQuery, enabled: useCan('alerts:read') })
  const rules = useQuery({ ...rulesQuery, enabled: useCan('rules:read') })

  const pages = MENUS.flatMap(menu).map(
    ({ path, title, icon, words }): Command => ({ id: `page-${path}`, group: 'Pages', label: title, words, icon, run: () => void navigate({ to: path }) }),
  )
  const actions: Command[] = [
    ...(mayWriteRules
      ? [{ id: 'new-rule', group: 'Actions', label: 'New rule', icon: Plus, run: () => void navigate({ to: '/rules/new' }) } satisfies Command]
      : []),
    ...(mayWriteAccounts
      ? [
          {
            id: 'connect',
            group: 'Actions',
            label: 'Connect a NetBird account',
            icon: Plus,
            run: () => void navigate({ to: '/settings/accounts/connect' }),
          } satisfies Command,
        ]
      : []),
    ...THEMES.map(
      ({ theme, label, icon }): Command => ({ id: `theme-${theme}`, group: 'Actions', label, words: ['theme', 'appearance', 'mode'], icon, run: () => usePreferences.getState().setTheme(theme) }),
    ),
    { id: 'keys', group: 'Actions', label: 'Show keys', icon: Keyboard, run: onHelp },
    { id: 'sign-out', group: 'Actions', label: 'Sign out', icon: LogOut, run: () => void session.signOut().catch(announceFailure) },
  ]
  const found: Command[] =
    search === ''
      ? []
      : [
          ...(peers.data ?? []).map(
            (peer): Command => ({
              id: `peer-${peer.accountId}-${peer.id}`,
              group: 'Peers',
              label: peer.name,
              note: peer.ip,
              icon: Monitor,
              // The account that is chosen may not have it.
              run: () =>
                void navigate({
                  to: '/peers',
                  search: ({ account }) => ({ search: peer.name, peer: `${peer.accountId}/${peer.id}`, ...(account !== undefined && { account: peer.accountId }) }),
                }),
            }),
          ),
          ...(rules.data ?? []).map(
            (rule): Command => ({
              id: `rule-${rule.id}`,
              group: 'Rules',
              label: rule.name,
              icon: SlidersHorizontal,
              run: () => void navigate({ to: '/rules/$ruleId', params: { ruleId: rule.id } }),
            }),
          ),
        ]
  const open = (alerts.data ?? []).map(
    (alert): Command => ({
      id: `alert-${alert.id}`,
      group: 'Alerts',
      label: alert.title,
      note: alert.accountName,
      icon: Bell,
      run: () => void navigate({ to: '/alerts/$alertId', params: { alertId: alert.id } }),
    }),
  )
  const all = [...pages, ...found, ...open, ...actions]
  return fairly(
    all.filter((command) => command.group === 'Peers' || finds(typed, command.label, command.words)),
    MOST,
  )
}

interface PaletteProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  onHelp: () => void
}

export default function CommandPalette({ open, onOpenChange, onHelp }: PaletteProps) {
  const [typed, setTyped] = useState('')
  // A command, not a place: results that come late move the rows, and Enter must run what is marked.
  const [active, setActive] = useState<string | undefined>(undefined)
  const commands = useCommands(typed, onHelp)
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const marked = commands.findIndex(({ id }) => id === active)
  const current = Math.max(0, marked)
  const first = commands[0]?.id
  if (marked === -1 && first !== active) setActive(first)
  const optionId = (index: number) => `${listId}-${index}`

  const move = (index: number) => {
    const wrapped = (index + commands.length) % Math.max(1, commands.length)
    setActive(commands[wrapped]?.id)
    list.current?.querySelector(`[id="${optionId(wrapped)}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  const run = (command: Command | undefined) => {
    if (!command) return
    onOpenChange(false)
    command.run()
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') move(current + 1)
    else if (event.key === 'ArrowUp') move(current - 1)
    else if (event.key === 'Enter') run(commands[current])
    else return
    event.preventDefault()
  }

  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-overlay" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-[calc(100%-1.5rem)] max-w-xl -translate-x-1/2 animate-fade overflow-hidden rounded-xl border border-line bg-surface-1 shadow-[0_16px_48px_var(--shadow-color)]"
        >
          <Radix.Title className="sr-only">Search or run a command</Radix.Title>
          <div className="flex items-center gap-2.5 border-b border-line px-4">
            <Search aria-hidden className="size-4 text-text-3" />
            <input
              role="combobox"
              aria-expanded
              aria-controls={listId}
              aria-activedescendant={commands.length > 0 ? optionId(current) : undefined}
              aria-label="Search or run a command"
              placeholder="Page, peer, rule or alert"
              className="h-12 flex-1 bg-transparent text-14 outline-none"
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value)
                setActive(undefined)
              }}
              onKeyDown={onKeyDown}
            />
            <Kbd>Esc</Kbd>
          </div>
          <div id={listId} ref={list} role="listbox" aria-label="Results" className="max-h-[50vh] overflow-y-auto p-1.5">
            {commands.map((command, index) => (
              <div key={command.id}>
                {commands[index - 1]?.group !== command.group && (
                  <div aria-hidden className="px-2.5 pt-2 pb-1 text-12 text-text-3">
                    {command.group}
                  </div>
                )}
                <Option id={optionId(index)} command={command} selected={index === current} onPoint={() => setActive(command.id)} onRun={() => run(command)} />
              </div>
            ))}
          </div>
          {commands.length === 0 && (
            <p role="status" className="px-4 pb-6 text-center text-13 text-text-3">
              Nothing matches “{typed.trim()}”.
            </p>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

interface OptionProps {
  id: string
  command: Command
  selected: boolean
  onPoint: () => void
  onRun: () => void
}

function Option({ id, command: { icon: Icon, label, note, group }, selected, onPoint, onRun }: OptionProps) {
  return (
    // The keyboard acts through the combobox, which names this option as its active descendant.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="option"
      aria-selected={selected}
      onPointerMove={onPoint}
      onClick={onRun}
      className={clsx('flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-13', selected && 'bg-surface-2')}
    >
      <Icon aria-hidden className="size-4 shrink-0 text-text-3" />
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {note && <span className="text-12 text-text-3">{note}</span>}
      <span className="sr-only">({group})</span>
    </div>
  )
}
