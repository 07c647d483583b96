// Roles, keys and the mark of a list that is searched are a library's: docs/adr/0073.
import { Command as Cmdk } from 'cmdk'
import { Search } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useDeferredValue, useState, type ReactNode } from 'react'
import { COMMAND_GROUPS, type Command } from '@/components/commands'
import { Kbd } from '@/components/ui/Kbd'
import { useCommands } from './commands'
import { fairly, finds } from './match'
import { texts } from './texts'

/** As many are shown. */
const MOST = 30

/** Those that what is typed finds, by group. Acts on what was found are for whoever types for them. */
function useFound(typed: string, onHelp: () => void): Command[] {
  const all = useCommands(useDeferredValue(typed.trim()), onHelp)
  const ordered = COMMAND_GROUPS.flatMap((group) => all.filter((command) => command.group === group))
  return fairly(
    ordered.filter(({ label, words, isFound, isAct }) => isFound === true || (finds(typed, label, words) && (isAct !== true || typed.trim() !== ''))),
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
  const [active, setActive] = useState('')
  const [dialog, setDialog] = useState<ReactNode>(null)
  const commands = useFound(typed, onHelp)

  const close = () => onOpenChange(false)
  const run = (command: Command) => {
    if (command.dialog) setDialog(command.dialog(close))
    else {
      close()
      command.run()
    }
  }

  if (dialog !== null) return dialog
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-overlay" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-[calc(100%-1.5rem)] max-w-xl -translate-x-1/2 animate-fade overflow-hidden rounded-xl border border-line bg-surface-1 shadow-[0_16px_48px_var(--shadow-color)]"
        >
          <Radix.Title className="sr-only">{texts.label}</Radix.Title>
          <Cmdk label={texts.label} shouldFilter={false} loop value={active} onValueChange={setActive}>
            <div className="flex items-center gap-2.5 border-b border-line px-4">
              <Search aria-hidden className="size-4 text-text-3" />
              <Cmdk.Input placeholder={texts.placeholder} className="h-12 flex-1 bg-transparent text-14 outline-none" value={typed} onValueChange={setTyped} />
              <Kbd>{texts.escape}</Kbd>
            </div>
            <Cmdk.List label={texts.results} className="max-h-[50vh] overflow-y-auto p-1.5">
              {COMMAND_GROUPS.map((group) => {
                const some = commands.filter((command) => command.group === group)
                if (some.length === 0) return null
                return (
                  <Cmdk.Group key={group} heading={group} className="**:[[cmdk-group-heading]]:px-2.5 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-12 **:[[cmdk-group-heading]]:text-text-3">
                    {some.map((command) => (
                      <Option key={command.id} command={command} onRun={() => run(command)} />
                    ))}
                  </Cmdk.Group>
                )
              })}
            </Cmdk.List>
          </Cmdk>
          {commands.length === 0 && (
            <p role="status" className="px-4 pb-6 text-center text-13 text-text-3">
              {texts.nothing({ typed: typed.trim() })}
            </p>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Option({ command: { id, icon: Icon, label, note, group }, onRun }: { command: Command; onRun: () => void }) {
  return (
    <Cmdk.Item value={id} onSelect={onRun} className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-13 data-[selected=true]:bg-surface-2">
      <Icon aria-hidden className="size-4 shrink-0 text-text-3" />
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {note && <span className="text-12 text-text-3">{note}</span>}
      <span className="sr-only">{texts.group({ group })}</span>
    </Cmdk.Item>
  )
}
