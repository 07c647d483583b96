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
import { texts } from './texts'

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
    validate: ({ code }) => (/^\d{6}$/.test(code.replace(/\s/g, '')) ? {} : { '/code': texts.pair.enterSixDigits }),
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
          <QrCode text={otpauthUrl} label={texts.pair.qrCodeForAuthenticator} />
        </div>
        <div className="flex min-w-0 flex-col items-start gap-2 text-13">
          <p>{texts.pair.scanWithAuthenticatorApp}</p>
          <Secret>{spaced(secret)}</Secret>
          <div className="flex flex-wrap gap-2">
            <CopyButton text={secret} what={texts.pair.key} />
            <a href={otpauthUrl.startsWith('otpauth:') ? otpauthUrl : undefined} className="inline-flex h-8 items-center rounded-md px-2 text-13 text-accent-text hover:underline touch:h-11">
              {texts.pair.openApp}
            </a>
          </div>
        </div>
      </div>
      <div ref={fields}>
        <TextField label={texts.pair.code} autoComplete="one-time-code" inputMode="numeric" hint={texts.pair.codeHint} required {...text('code')} />
      </div>
      <RequestFailure error={enable.error} title={texts.pair.failed} fields={['/code']} />
      <DialogActions>
        <Button onClick={onClose}>{texts.pair.cancel}</Button>
        <Button type="submit" variant="primary" busy={enable.isPending}>
          {texts.pair.turnOn}
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
    <Dialog open modalOnly title={texts.setUpDialog.title} description={begin.data ? texts.setUpDialog.step22Pair : texts.setUpDialog.step12Confirm} onOpenChange={closing(onClose)}>
      {begin.data ? (
        <Pair {...begin.data} onEnabled={onEnabled} onClose={onClose} />
      ) : (
        <form {...form} className="flex flex-col gap-3">
          <PasswordField label={texts.setUpDialog.password} autoComplete="current-password" required {...text('password')} />
          <RequestFailure error={begin.error} title={texts.setUpDialog.failed} fields={['/password']} />
          <DialogActions>
            <Button onClick={onClose}>{texts.setUpDialog.cancel}</Button>
            <Button type="submit" variant="primary" busy={begin.isPending}>
              {texts.setUpDialog.continue}
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
          <Button onClick={onClose}>{texts.proveDialog.cancel}</Button>
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
      title={texts.renewCodesDialog.title}
      description={texts.renewCodesDialog.description}
      action={texts.renewCodesDialog.action}
      failed={texts.renewCodesDialog.failed}
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
      title={texts.disableDialog.title}
      description={texts.disableDialog.description}
      action={texts.disableDialog.action}
      danger
      failed={texts.disableDialog.failed}
      mutation={disable}
      onDone={onDisabled}
      onClose={onClose}
    />
  )
}
