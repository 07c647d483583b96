import { useState } from 'react'
import { part } from '@/components/ui/part'
import { hasUnsaved } from '@/components/unsaved'

// Who cannot be asked stays.
const LeaveDialog = part(() => import('./LeaveDialog'), { close: ({ onStay }) => onStay() })

/** For what leaves the page by another way than an address, which asks nobody: `leave` does it once whoever has typed something agrees. */
export function useLeaving() {
  const [wanted, setWanted] = useState<{ go: () => void } | null>(null)
  const leave = (go: () => void) => {
    if (hasUnsaved()) setWanted({ go })
    else go()
  }
  const question = wanted && (
    <LeaveDialog
      onStay={() => setWanted(null)}
      onLeave={() => {
        setWanted(null)
        wanted.go()
      }}
    />
  )
  return { leave, question }
}
