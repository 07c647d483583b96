import { Sheet } from '@/components/ui/Dialog'
import { AccountPicker } from './AccountPicker'
import { texts } from './onDemandTexts'
import { Navigation } from './Sidebar'

interface NavigationDrawerProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** The navigation of narrow windows. */
export default function NavigationDrawer({ open, onOpenChange }: NavigationDrawerProps) {
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={texts.navigationDrawer.title} side="left">
      <Navigation picker={<AccountPicker />} onNavigate={() => onOpenChange(false)} />
    </Sheet>
  )
}
