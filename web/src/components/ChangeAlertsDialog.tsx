import { useState } from 'react'
import type { Alert } from '@/api/types'
import { plural } from '@/lib/numbers'
import { useChangeAlerts, type AlertAction } from '@/queries/alerts'
import { announce } from './announcements'
import { FormFailure } from './FormFailure'
import { fieldErrorsOf } from './formErrors'
import { Button } from './ui/Button'
import { Dialog, DialogActions } from './ui/Dialog'
import { TextAreaField } from './ui/Field'
import { unsaved } from './unsaved'

const WORDS: Record<AlertAction, { verb: string; done: string; means: string }> = {
  acknowledge: {
    verb: 'Acknowledge',
    done: 'Acknowledged',
    means: 'Tells the others that you are on it. The alert stays until its condition ends.',
  },
  resolve: {
    verb: 'Resolve',
    done: 'Resolved',
    means: 'Ends the alert now. If its condition still holds, a new one may open.',
  },
}

interface ChangeAlertsDialogProps {
  action: AlertAction
  alerts: readonly Alert[]
  onClose: () => void
}

/** Acknowledges or resolves alerts with a message to whoever reads them later. */
export function ChangeAlertsDialog({ action, alerts, onClose }: ChangeAlertsDialogProps) {
  const [message, setMessage] = useState('')
  const change = useChangeAlerts()
  const { verb, done, means } = WORDS[action]
  const only = alerts.length === 1 ? alerts[0] : undefined
  const label = only ? verb : `${verb} ${plural(alerts.length, 'alert')}`

  const submit = () => {
    if (change.isPending) return
    change.mutate(
      { action, alerts, message },
      {
        onSuccess: () => {
          announce(`${done} ${only ? `“${only.title}”` : plural(alerts.length, 'alert')}.`)
          onClose()
        },
      },
    )
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={only ? `${verb} alert` : label}
      description={means}
    >
      <form
        {...unsaved(message !== '' && !change.isPending)}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {change.error && (
          <FormFailure title={`Could not ${action} ${only ? 'the alert' : 'all alerts'}`} error={change.error}>
            {change.error.message}
          </FormFailure>
        )}
        {only && <p className="text-13 font-medium">{only.title}</p>}
        <TextAreaField
          label="Message"
          optional
          maxLength={2000}
          value={message}
          error={fieldErrorsOf(change.error)['/message']}
          onChange={(event) => setMessage(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit()
          }}
        />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={change.isPending}>
            {label}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
