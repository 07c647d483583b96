import { Button } from '@/components/ui/Button'
import { CopyButton } from '@/components/ui/CopyButton'
import { Dialog, DialogActions } from '@/components/ui/Dialog'

interface SecretDialogProps {
  ruleName: string
  secret: string
  onClose: () => void
}

/** The webhook's signing secret, which no later answer holds. */
export function SecretDialog({ ruleName, secret, onClose }: SecretDialogProps) {
  return (
    <Dialog
      open
      modalOnly
      title="Store the signing secret now"
      description={`The webhook of “${ruleName}” is signed with this secret. It is not shown again.`}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <code className="block rounded-md border border-line bg-surface-0 px-3 py-2 font-mono text-13 break-all select-all">{secret}</code>
      <p className="mt-2 text-13 text-text-2">The receiver checks the header webhook-signature with it, and so knows that a message is ours.</p>
      <DialogActions>
        <CopyButton text={secret} what="secret" />
        <Button variant="primary" onClick={onClose}>
          I have stored it
        </Button>
      </DialogActions>
    </Dialog>
  )
}
