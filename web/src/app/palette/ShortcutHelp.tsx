import { Dialog } from '@/components/ui/Dialog'
import { Kbd, withCommand } from '@/components/ui/Kbd'
import { texts } from './texts'

const KEYS: readonly { keys: string[]; does: string }[] = [
  { keys: [withCommand('K')], does: texts.shortcuts.go },
  { keys: ['/'], does: texts.shortcuts.search },
  { keys: ['j', 'k'], does: texts.shortcuts.step },
  { keys: [texts.shortcuts.enter], does: texts.shortcuts.open },
  { keys: ['x'], does: texts.shortcuts.select },
  { keys: ['a'], does: texts.shortcuts.acknowledge },
  { keys: ['?'], does: texts.shortcuts.list },
]

export default function ShortcutHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={texts.shortcuts.title}>
      <dl className="flex flex-col gap-2 text-13">
        {KEYS.map(({ keys, does }) => (
          <div key={does} className="flex items-center gap-4">
            <dt className="flex w-20 shrink-0 gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
