import { OnceDialog, Secret } from './OnceDialog'
import { texts } from './texts/channels'
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
      title={texts.signingSecretDialog.title}
      description={texts.signingSecretDialog.about({ whose })}
      actions={<CopyButton text={secret} what={texts.signingSecretDialog.secret} />}
      onClose={onClose}
    >
      <Secret>{secret}</Secret>
      <p className="mt-2 text-13 text-text-2">{texts.signingSecretDialog.hint}</p>
    </OnceDialog>
  )
}
