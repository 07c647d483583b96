import { Button } from '@/components/ui/Button'
import { Dialog, DialogActions } from '@/components/ui/Dialog'

export default function LeaveDialog({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
  return (
    <Dialog
      open
      title="Leave without saving?"
      description="What you typed on this page is not saved."
      onOpenChange={(open) => {
        if (!open) onStay()
      }}
    >
      <DialogActions>
        <Button onClick={onLeave}>Leave this page</Button>
        <Button variant="primary" onClick={onStay}>
          Stay
        </Button>
      </DialogActions>
    </Dialog>
  )
}
