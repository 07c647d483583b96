import { CircleCheck, CircleDashed, KeyRound, ShieldCheck, ShieldOff } from 'lucide-react'
import { useState } from 'react'
import { useUser } from '@/api/client'
import { useAccountLock } from '@/components/accountLock'
import { announce } from '@/components/announcements'
import { passwordHint, passwordProblem } from '@/components/passwords'
import { givenCode, missingCode } from '@/components/proof'
import { CodeField } from '@/components/ProofFields'
import { RequestFailure } from '@/components/RequestFailure'
import { Section } from '@/components/Section'
import { Empty } from '@/components/states'
import { Mark } from '@/components/ui/Badge'
import { Button } from '@/components/ui/Button'
import { PasswordField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { useChangePassword } from '@/queries/me'
import { RecoveryCodesDialog } from './RecoveryCodes'
import { DisableDialog, RenewCodesDialog, SetUpDialog } from './SecondFactorDialogs'
import { texts } from './texts'

function PasswordForm() {
  const { secondFactor } = useUser()
  const changePassword = useChangePassword()
  const { change, form, text } = useForm({
    initial: { currentPassword: '', newPassword: '', code: '' },
    validate: ({ currentPassword, newPassword, code }) => {
      const weak = passwordProblem(newPassword, secondFactor.enabled)
      return {
        ...(currentPassword === '' && { '/currentPassword': texts.passwordForm.enterCurrentPassword }),
        ...(weak && { '/newPassword': weak }),
        ...missingCode(code, secondFactor.enabled),
      }
    },
    mutation: changePassword,
    request: ({ code, ...passwords }) => ({ ...passwords, ...givenCode(code) }),
    onSuccess: () => {
      change({ currentPassword: '', newPassword: '', code: '' })
      announce(texts.passwordForm.passwordChangedAllOther)
    },
  })
  return (
    <form {...form} className="flex max-w-sm flex-col gap-2">
      <PasswordField label={texts.passwordForm.currentPassword} autoComplete="current-password" required {...text('currentPassword')} />
      <PasswordField label={texts.passwordForm.newPassword} autoComplete="new-password" hint={passwordHint(secondFactor.enabled)} required {...text('newPassword')} />
      <CodeField text={text} />
      <RequestFailure error={changePassword.error} title={texts.passwordForm.failed} fields={['/currentPassword', '/newPassword', '/code']} />
      <div>
        <Button type="submit" variant="primary" busy={changePassword.isPending}>
          {texts.passwordForm.changePassword}
        </Button>
      </div>
    </form>
  )
}

type Step = { kind: 'set-up' } | { kind: 'renew' } | { kind: 'disable' } | { kind: 'codes'; codes: string[] }

const FEW_CODES = 3

function SecondFactor() {
  const {
    secondFactor: { enabled, recoveryCodesLeft },
  } = useUser()
  const [step, setStep] = useState<Step | null>(null)
  const close = () => setStep(null)
  const showCodes = (codes: string[]) => setStep({ kind: 'codes', codes })
  return (
    <>
      <p className="text-13">
        {enabled ? (
          <Mark tone="ok" icon={CircleCheck}>
            {texts.secondFactor.on}
          </Mark>
        ) : (
          <Mark tone="muted" icon={CircleDashed}>
            {texts.secondFactor.off}
          </Mark>
        )}
        {enabled && <span className={recoveryCodesLeft < FEW_CODES ? 'text-warn-text' : 'text-text-2'}> {texts.secondFactor.left({ recoveryCodesLeft })}</span>}
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        {enabled ? (
          <>
            <Button icon={KeyRound} onClick={() => setStep({ kind: 'renew' })}>
              {texts.secondFactor.createNewRecoveryCodes}
            </Button>
            <Button icon={ShieldOff} onClick={() => setStep({ kind: 'disable' })}>
              {texts.secondFactor.turnOff}
            </Button>
          </>
        ) : (
          <Button variant="primary" icon={ShieldCheck} onClick={() => setStep({ kind: 'set-up' })}>
            {texts.secondFactor.setUp}
          </Button>
        )}
      </div>
      {step?.kind === 'set-up' && <SetUpDialog onEnabled={showCodes} onClose={close} />}
      {step?.kind === 'renew' && <RenewCodesDialog onRenewed={showCodes} onClose={close} />}
      {step?.kind === 'disable' && (
        <DisableDialog
          onDisabled={() => {
            close()
            announce(texts.secondFactor.secondFactorOff)
          }}
          onClose={close}
        />
      )}
      {step?.kind === 'codes' && <RecoveryCodesDialog codes={step.codes} onClose={close} />}
    </>
  )
}

/** Password and second factor of the signed-in person. */
export function SecurityPage() {
  const lock = useAccountLock()
  if (lock) {
    return (
      <Empty icon={ShieldCheck} title={lock.title}>
        {lock.why}
      </Empty>
    )
  }
  return (
    <div className="flex flex-col gap-4">
      <Section title={texts.securityPage.title} about={texts.securityPage.about}>
        <SecondFactor />
      </Section>
      <Section title={texts.securityPage.password} about={texts.securityPage.changingSignsOutEvery}>
        <PasswordForm />
      </Section>
    </div>
  )
}
