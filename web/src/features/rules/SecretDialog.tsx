import { OnceDialog, Secret } from '@/components/OnceDialog'
import { CopyButton } from '@/components/ui/CopyButton'

interface SecretDialogProps {
  ruleName: string
  secret: string
  onClose: () => void
}

/** The webhook's signing secret, which no later answer holds. */
export function SecretDialog({ ruleName, secret, onClose }: SecretDialogProps) {
  return (
    <OnceDialog
      title="Store the signing secret now"
      description={`The webhook of “${ruleName}” is signed with this secret. It is not shown again.`}
      actions={<CopyButton text={secret} what="secret" />}
      onClose={onClose}
    >
      <Secret>{secret}</Secret>
      <p className="mt-2 text-13 text-text-2">The receiver checks the header webhook-signature with it, and so knows that a message is ours.</p>
    </OnceDialog>
  )
}
