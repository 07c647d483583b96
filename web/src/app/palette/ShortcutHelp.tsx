import { Dialog } from '@/components/ui/Dialog'
import { Kbd, withCommand } from '@/components/ui/Kbd'

const KEYS: readonly { keys: string[]; does: string }[] = [
  { keys: [withCommand('K')], does: 'Go to a page, find a peer, rule or alert' },
  { keys: ['/'], does: 'Search in the list on screen' },
  { keys: ['j', 'k'], does: 'Next and previous row' },
  { keys: ['Enter'], does: 'Open the row' },
  { keys: ['x'], does: 'Select the row' },
  { keys: ['a'], does: 'Acknowledge the selected alerts, or the one on screen' },
  { keys: ['?'], does: 'This list' },
]

export default function ShortcutHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys">
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
