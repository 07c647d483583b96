import { Sheet } from '@/components/ui/Dialog'
import { AccountPicker } from './AccountPicker'
import { Navigation } from './Sidebar'

interface NavigationDrawerProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** The navigation of narrow windows. */
export default function NavigationDrawer({ open, onOpenChange }: NavigationDrawerProps) {
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title="Navigation" side="left">
      <Navigation picker={<AccountPicker />} onNavigate={() => onOpenChange(false)} />
    </Sheet>
  )
}
