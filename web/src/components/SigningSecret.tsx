import type { UseMutationResult } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useCan } from '@/api/client'
import type { OldSigningSecret, RotateSigningSecret } from '@/api/types'
import { phrase } from '@/lib/phrase'
import { announce } from './announcements'
import { ConfirmDialog } from './ConfirmDialog'
import { RequestFailure } from './RequestFailure'
import { SigningSecretDialog } from './SigningSecretDialog'
import { texts } from './texts/channels'
import { Absolute } from './Time'
import { Button } from './ui/Button'
import { Dialog, DialogActions } from './ui/Dialog'
import { SelectField } from './ui/Field'

interface SigningSecretProps<Result> {
  /** As in "The webhook of “Router down”". */
  whose: string
  /** The secret that signs, too, since it was rotated. */
  old: OldSigningSecret | null | undefined
  rotate: Pick<UseMutationResult<Result, Error, RotateSigningSecret>, 'mutate' | 'error' | 'isPending' | 'reset'>
  /** The new secret, which the answer alone holds. */
  secretOf: (result: Result) => string | undefined
}

const OVERLAPS = [
  { hours: 24, label: texts.signingSecret.day },
  { hours: 72, label: texts.signingSecret.threeDays },
  { hours: 168, label: texts.signingSecret.week },
  { hours: 1, label: texts.signingSecret.hour },
  { hours: 0, label: texts.signingSecret.none },
]

function Rotate<Result>({ whose, rotate, onDone, onClose }: Pick<SigningSecretProps<Result>, 'whose' | 'rotate'> & { onDone: (result: Result) => void; onClose: () => void }) {
  const [hours, setHours] = useState(24)
  return (
    <Dialog
      open
      title={texts.signingSecret.rotateTitle}
      description={texts.signingSecret.rotateAbout({ whose })}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <div className="flex flex-col gap-3">
        <RequestFailure error={rotate.error} title={texts.signingSecret.rotateFailed} />
        <SelectField
          label={texts.signingSecret.overlap}
          hint={hours === 0 ? texts.signingSecret.overlapNone : texts.signingSecret.overlapHint}
          value={hours}
          onChange={(event) => setHours(Number(event.target.value))}
        >
          {OVERLAPS.map(({ hours, label }) => (
            <option key={hours} value={hours}>
              {label}
            </option>
          ))}
        </SelectField>
      </div>
      <DialogActions>
        <Button onClick={onClose}>{texts.signingSecret.cancel}</Button>
        <Button variant="primary" busy={rotate.isPending} onClick={() => rotate.mutate({ overlapHours: hours }, { onSuccess: onDone })}>
          {texts.signingSecret.rotate}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** Until when a webhook's messages have two signatures, a new secret, and the end of the old one. */
export function SigningSecret<Result>({ whose, old, rotate, secretOf }: SigningSecretProps<Result>) {
  const [asks, setAsks] = useState<'rotate' | 'finish'>()
  const [secret, setSecret] = useState<string>()
  const mayWrite = useCan('rules:write')
  const close = () => {
    rotate.reset()
    setAsks(undefined)
  }
  return (
    <div className="flex w-full flex-wrap items-center gap-x-3 gap-y-2 text-13">
      {old && (
        <p className="w-full text-text-2">
          {phrase(texts.signingSecret.until, { when: <Absolute at={old.until} />, secret: old.secretHint })}
        </p>
      )}
      {mayWrite && (
        <Button icon={RefreshCw} aria-label={texts.signingSecret.rotateThis({ whose })} onClick={() => setAsks('rotate')}>
          {texts.signingSecret.rotate}
        </Button>
      )}
      {mayWrite && old && <Button onClick={() => setAsks('finish')}>{texts.signingSecret.endNow}</Button>}
      {asks === 'rotate' && (
        <Rotate
          whose={whose}
          rotate={rotate}
          onDone={(result) => {
            close()
            setSecret(secretOf(result))
          }}
          onClose={close}
        />
      )}
      {asks === 'finish' && (
        <ConfirmDialog
          title={texts.signingSecret.endTitle}
          description={texts.signingSecret.endAbout}
          action={texts.signingSecret.endAction}
          keep={texts.signingSecret.keepBoth}
          failed={texts.signingSecret.endFailed}
          mutation={rotate}
          request={{ overlapHours: null, finish: true }}
          onDone={() => announce(texts.signingSecret.ended)}
          onClose={close}
        />
      )}
      {secret !== undefined && <SigningSecretDialog whose={whose} secret={secret} onClose={() => setSecret(undefined)} />}
    </div>
  )
}
