import type { UseMutationResult } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { missingPassword, missingProof, NO_PROOF, type Proof } from '@/components/proof'
import { ProofFields } from '@/components/ProofFields'
import { RequestFailure } from '@/components/RequestFailure'
import { Secret } from '@/components/OnceDialog'
import { Button } from '@/components/ui/Button'
import { CopyButton } from '@/components/ui/CopyButton'
import { Dialog, DialogActions } from '@/components/ui/Dialog'
import { PasswordField, TextField } from '@/components/ui/Field'
import { part } from '@/components/ui/part'
import { Bone } from '@/components/Skeleton'
import { useForm } from '@/components/useForm'
import { useBeginSecondFactor, useDisableSecondFactor, useEnableSecondFactor, useRenewRecoveryCodes } from '@/queries/me'

const QrCode = part(() => import('./QrCode'), { waiting: <Bone className="size-full" /> })

interface DialogProps {
  onClose: () => void
}

const closing = (onClose: () => void) => (open: boolean) => {
  if (!open) onClose()
}

/** "ABCD EFGH …": easier to type into a phone. */
const spaced = (secret: string): string => secret.replace(/.{4}(?=.)/g, '$& ')

interface PairProps extends DialogProps {
  secret: string
  otpauthUrl: string
  onEnabled: (recoveryCodes: string[]) => void
}

function Pair({ secret, otpauthUrl, onEnabled, onClose }: PairProps) {
  const enable = useEnableSecondFactor()
  const { form, text } = useForm({
    initial: { code: '' },
    validate: ({ code }) => (/^\d{6}$/.test(code.replace(/\s/g, '')) ? {} : { '/code': 'Enter the six digits.' }),
    mutation: enable,
    request: ({ code }) => code.replace(/\s/g, ''),
    onSuccess: ({ recoveryCodes }) => onEnabled(recoveryCodes),
  })
  // The step replaces the one before; the focus goes where typing goes on.
  const fields = useRef<HTMLDivElement>(null)
  useEffect(() => fields.current?.querySelector('input')?.focus(), [])
  return (
    <form {...form} className="flex flex-col gap-3">
      <div className="flex flex-col items-center gap-4 sm:flex-row sm:items-start">
        <div className="size-44 shrink-0 overflow-hidden rounded-md border border-line">
          <QrCode text={otpauthUrl} label="QR code for your authenticator app" />
        </div>
        <div className="flex min-w-0 flex-col items-start gap-2 text-13">
          <p>Scan this with an authenticator app: on this phone, open it with the app, or type the key.</p>
          <Secret>{spaced(secret)}</Secret>
          <div className="flex flex-wrap gap-2">
            <CopyButton text={secret} what="key" />
            <a href={otpauthUrl.startsWith('otpauth:') ? otpauthUrl : undefined} className="inline-flex h-8 items-center rounded-md px-2 text-13 text-accent-text hover:underline touch:h-11">
              Open the app
            </a>
          </div>
        </div>
      </div>
      <div ref={fields}>
        <TextField label="Code" autoComplete="one-time-code" inputMode="numeric" hint="The six digits that the app shows now." required {...text('code')} />
      </div>
      <RequestFailure error={enable.error} title="Not turned on" fields={['/code']} />
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={enable.isPending}>
          Turn on
        </Button>
      </DialogActions>
    </form>
  )
}

/** Password, then the app and its first code. */
export function SetUpDialog({ onEnabled, onClose }: DialogProps & { onEnabled: (recoveryCodes: string[]) => void }) {
  const begin = useBeginSecondFactor()
  const { form, text } = useForm({
    initial: { password: '' },
    validate: ({ password }) => missingPassword(password),
    mutation: begin,
    request: ({ password }) => password,
  })
  return (
    <Dialog open modalOnly title="Set up a second factor" description={begin.data ? 'Step 2 of 2: pair your app' : 'Step 1 of 2: confirm that it is you'} onOpenChange={closing(onClose)}>
      {begin.data ? (
        <Pair {...begin.data} onEnabled={onEnabled} onClose={onClose} />
      ) : (
        <form {...form} className="flex flex-col gap-3">
          <PasswordField label="Your password" autoComplete="current-password" required {...text('password')} />
          <RequestFailure error={begin.error} title="Could not begin" fields={['/password']} />
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" busy={begin.isPending}>
              Continue
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  )
}

interface ProveProps<Result> extends DialogProps {
  title: string
  description: string
  action: string
  danger?: boolean
  failed: string
  mutation: UseMutationResult<Result, Error, Proof>
  onDone: (result: Result) => void
}

/** Asks for password and code before a change of the second factor itself. */
function ProveDialog<Result>({ title, description, action, danger = false, failed, mutation, onDone, onClose }: ProveProps<Result>) {
  const { form, text } = useForm({
    initial: NO_PROOF,
    validate: (proof) => missingProof(proof, true),
    mutation,
    request: ({ password, code }): Proof => ({ password, code: code.trim() }),
    onSuccess: onDone,
  })
  return (
    <Dialog open title={title} description={description} onOpenChange={closing(onClose)}>
      <form {...form} className="flex flex-col gap-3">
        <ProofFields text={text} />
        <RequestFailure error={mutation.error} title={failed} fields={['/password', '/code']} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant={danger ? 'danger' : 'primary'} busy={mutation.isPending}>
            {action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

export function RenewCodesDialog({ onRenewed, onClose }: DialogProps & { onRenewed: (recoveryCodes: string[]) => void }) {
  const renew = useRenewRecoveryCodes()
  return (
    <ProveDialog
      title="Create new recovery codes"
      description="The codes that you have now stop working."
      action="Make new codes"
      failed="No new codes were created"
      mutation={renew}
      onDone={({ recoveryCodes }) => onRenewed(recoveryCodes)}
      onClose={onClose}
    />
  )
}

export function DisableDialog({ onDisabled, onClose }: DialogProps & { onDisabled: () => void }) {
  const disable = useDisableSecondFactor()
  return (
    <ProveDialog
      title="Turn off the second factor?"
      description="From then on your password alone is enough to sign in, and your recovery codes stop working."
      action="Turn off"
      danger
      failed="Not turned off"
      mutation={disable}
      onDone={onDisabled}
      onClose={onClose}
    />
  )
}
