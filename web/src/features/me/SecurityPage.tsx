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
import { plural } from '@/lib/numbers'
import { useChangePassword } from '@/queries/me'
import { RecoveryCodesDialog } from './RecoveryCodes'
import { DisableDialog, RenewCodesDialog, SetUpDialog } from './SecondFactorDialogs'

function PasswordForm() {
  const { secondFactor } = useUser()
  const changePassword = useChangePassword()
  const { change, form, text } = useForm({
    initial: { currentPassword: '', newPassword: '', code: '' },
    validate: ({ currentPassword, newPassword, code }) => {
      const weak = passwordProblem(newPassword, secondFactor.enabled)
      return {
        ...(currentPassword === '' && { '/currentPassword': 'Enter your current password.' }),
        ...(weak && { '/newPassword': weak }),
        ...missingCode(code, secondFactor.enabled),
      }
    },
    mutation: changePassword,
    request: ({ code, ...passwords }) => ({ ...passwords, ...givenCode(code) }),
    onSuccess: () => {
      change({ currentPassword: '', newPassword: '', code: '' })
      announce('Your password is changed; all other sessions were signed out.')
    },
  })
  return (
    <form {...form} className="flex max-w-sm flex-col gap-2">
      <PasswordField label="Current password" autoComplete="current-password" required {...text('currentPassword')} />
      <PasswordField label="New password" autoComplete="new-password" hint={passwordHint(secondFactor.enabled)} required {...text('newPassword')} />
      <CodeField text={text} />
      <RequestFailure error={changePassword.error} title="Your password was not changed" fields={['/currentPassword', '/newPassword', '/code']} />
      <div>
        <Button type="submit" variant="primary" busy={changePassword.isPending}>
          Change password
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
            On
          </Mark>
        ) : (
          <Mark tone="muted" icon={CircleDashed}>
            Off
          </Mark>
        )}
        {enabled && <span className={recoveryCodesLeft < FEW_CODES ? 'text-warn-text' : 'text-text-2'}> · {plural(recoveryCodesLeft, 'recovery code')} left</span>}
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        {enabled ? (
          <>
            <Button icon={KeyRound} onClick={() => setStep({ kind: 'renew' })}>
              Create new recovery codes
            </Button>
            <Button icon={ShieldOff} onClick={() => setStep({ kind: 'disable' })}>
              Turn off
            </Button>
          </>
        ) : (
          <Button variant="primary" icon={ShieldCheck} onClick={() => setStep({ kind: 'set-up' })}>
            Set up
          </Button>
        )}
      </div>
      {step?.kind === 'set-up' && <SetUpDialog onEnabled={showCodes} onClose={close} />}
      {step?.kind === 'renew' && <RenewCodesDialog onRenewed={showCodes} onClose={close} />}
      {step?.kind === 'disable' && (
        <DisableDialog
          onDisabled={() => {
            close()
            announce('The second factor is off.')
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
      <Section title="Second factor" about="A code from an app on your phone, in addition to your password. The password alone is then not enough to sign in.">
        <SecondFactor />
      </Section>
      <Section title="Password" about="Changing it signs out every other session, and you are notified by email.">
        <PasswordForm />
      </Section>
    </div>
  )
}
