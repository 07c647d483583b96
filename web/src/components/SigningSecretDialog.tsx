import { OnceDialog, Secret } from './OnceDialog'
import { CopyButton } from './ui/CopyButton'

interface SigningSecretDialogProps {
  /** As in "The webhook of “Router down”". */
  whose: string
  secret: string
  onClose: () => void
}

/** A webhook's signing secret, which no later answer holds. */
export function SigningSecretDialog({ whose, secret, onClose }: SigningSecretDialogProps) {
  return (
    <OnceDialog
      title="Store the signing secret now"
      description={`${whose} is signed with this secret. It is not shown again.`}
      actions={<CopyButton text={secret} what="secret" />}
      onClose={onClose}
    >
      <Secret>{secret}</Secret>
      <p className="mt-2 text-13 text-text-2">The receiver checks the header webhook-signature with it, and so knows that a message is ours.</p>
    </OnceDialog>
  )
}
