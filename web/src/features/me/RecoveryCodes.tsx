import { Download } from 'lucide-react'
import { useUser } from '@/api/client'
import { OnceDialog } from '@/components/OnceDialog'
import { Button } from '@/components/ui/Button'
import { CopyButton } from '@/components/ui/CopyButton'
import { download } from '@/lib/download'
import { texts } from './texts'

/** The codes that stand in for a lost authenticator; no later answer holds them. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { email } = useUser()
  const text = codes.join('\n')
  return (
    <OnceDialog
      title={texts.recoveryCodesDialog.title}
      description={texts.recoveryCodesDialog.description}
      actions={
        <>
          <CopyButton text={text} what={texts.recoveryCodesDialog.codes} />
          <Button icon={Download} onClick={() => download('recovery-codes.txt', 'text/plain', [texts.recoveryCodesDialog.netbirdPlatformRecoveryCodes({ email, text })])}>
            {texts.recoveryCodesDialog.download}
          </Button>
        </>
      }
      onClose={onClose}
    >
      <ul aria-label={texts.recoveryCodesDialog.recoveryCodes} className="grid grid-cols-2 gap-x-4 gap-y-1 rounded-md border border-line bg-surface-0 px-3 py-2 font-mono text-13 select-all">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </OnceDialog>
  )
}
