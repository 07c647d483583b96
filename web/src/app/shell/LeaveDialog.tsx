import { Button } from '@/components/ui/Button'
import { Dialog, DialogActions } from '@/components/ui/Dialog'
import { texts } from './onDemandTexts'

export default function LeaveDialog({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
  return (
    <Dialog
      open
      title={texts.leaveDialog.title}
      description={texts.leaveDialog.description}
      onOpenChange={(open) => {
        if (!open) onStay()
      }}
    >
      <DialogActions>
        <Button onClick={onLeave}>{texts.leaveDialog.leave}</Button>
        <Button variant="primary" onClick={onStay}>
          {texts.leaveDialog.stay}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
