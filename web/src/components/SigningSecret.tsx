import type { UseMutationResult } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useCan } from '@/api/client'
import type { OldSigningSecret, RotateSigningSecret } from '@/api/types'
import { announce } from './announcements'
import { ConfirmDialog } from './ConfirmDialog'
import { RequestFailure } from './RequestFailure'
import { SigningSecretDialog } from './SigningSecretDialog'
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
  { hours: 24, label: 'For a day' },
  { hours: 72, label: 'For three days' },
  { hours: 168, label: 'For a week' },
  { hours: 1, label: 'For an hour' },
  { hours: 0, label: 'Not at all: it got into the wrong hands' },
]

function Rotate<Result>({ whose, rotate, onDone, onClose }: Pick<SigningSecretProps<Result>, 'whose' | 'rotate'> & { onDone: (result: Result) => void; onClose: () => void }) {
  const [hours, setHours] = useState(24)
  return (
    <Dialog
      open
      title="Rotate the signing secret"
      description={`${whose} gets a new secret, which is shown once. While both sign, the receiver may switch at any time.`}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <div className="flex flex-col gap-3">
        <RequestFailure error={rotate.error} title="The secret was not rotated" />
        <SelectField
          label="The present secret signs beside it"
          hint={hours === 0 ? 'Messages fail at the receiver until it has the new secret.' : 'The receiver takes a message if one of its signatures fits.'}
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
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="primary" busy={rotate.isPending} onClick={() => rotate.mutate({ overlapHours: hours }, { onSuccess: onDone })}>
          Rotate secret
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
          Until <Absolute at={old.until} />, messages are signed with {old.secretHint}, too.
        </p>
      )}
      {mayWrite && (
        <Button icon={RefreshCw} aria-label={`Rotate secret: ${whose}`} onClick={() => setAsks('rotate')}>
          Rotate secret
        </Button>
      )}
      {mayWrite && old && <Button onClick={() => setAsks('finish')}>End the old one now</Button>}
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
          title="End the old secret now?"
          description="From then on, messages are signed with the new secret alone. A receiver that does not have it yet refuses them."
          action="End the old secret"
          keep="Keep both"
          failed="The old secret was not ended"
          mutation={rotate}
          request={{ overlapHours: null, finish: true }}
          onDone={() => announce('The old secret signs no more.')}
          onClose={close}
        />
      )}
      {secret !== undefined && <SigningSecretDialog whose={whose} secret={secret} onClose={() => setSecret(undefined)} />}
    </div>
  )
}
