import { useState } from 'react'
import { limits } from '@/api/__generated__/limits'
import type { Alert } from '@/api/types'
import { useChangeAlerts, type AlertAction, type Unchanged } from '@/queries/alerts'
import { announce, announceFailure } from './announcements'
import { FormFailure } from './FormFailure'
import { endOf, newPause, PauseFields } from './PauseFields'
import { texts } from './texts/alerts'
import { Button } from './ui/Button'
import { Dialog, DialogActions } from './ui/Dialog'
import { TextAreaField } from './ui/Field'
import { useForm } from './useForm'

/** As many are named; the others are counted. */
const NAMED = 5

/** Which alerts stayed as they were, and why; the reason once where it is the same for all. */
function Left({ action, unchanged, of }: { action: AlertAction; unchanged: readonly Unchanged[]; of: number }) {
  const [first] = unchanged
  if (!first) return null
  const common = unchanged.every(({ error }) => error.message === first.error.message) ? first.error.message : undefined
  const rest = unchanged.length - NAMED
  return (
    <FormFailure title={of === 1 ? texts.changeAlerts.actions[action].failedOne : texts.changeAlerts.actions[action].failed({ count: unchanged.length, of })} error={first.error}>
      {common !== undefined && <p>{common}</p>}
      {of > 1 && (
        <ul className="mt-1 list-disc pl-4">
          {unchanged.slice(0, NAMED).map(({ alert, error }) => (
            <li key={alert.id}>{common === undefined ? texts.changeAlerts.unchanged({ title: alert.title, why: error.message }) : alert.title}</li>
          ))}
          {rest > 0 && <li>{texts.changeAlerts.others({ count: rest })}</li>}
        </ul>
      )}
    </FormFailure>
  )
}

interface ChangeAlertsDialogProps {
  action: AlertAction
  alerts: readonly Alert[]
  /** Given the alerts that stayed as they were, and why, if any was tried. */
  onClose: (unchanged?: readonly Unchanged[]) => void
}

interface Tried {
  unchanged: readonly Unchanged[]
  /** How many were tried. */
  of: number
}

/** Suppressing is taken back by reopening; of what somebody was on already, that would lose who it was. */
const mayUndo = (action: AlertAction, done: readonly Alert[]): boolean => action === 'suppress' && done.every(({ status }) => status === 'open')

/** Takes a step with alerts, with a message to whoever reads them later. */
export function ChangeAlertsDialog({ action, alerts, onClose }: ChangeAlertsDialogProps) {
  // After a try, only those that it did not change.
  const [left, setLeft] = useState<Tried>()
  const [done, setDone] = useState<readonly Alert[]>([])
  const [progress, setProgress] = useState(0)
  const change = useChangeAlerts()
  const takeBack = useChangeAlerts()
  const words = texts.changeAlerts.actions[action]
  const now = left?.unchanged.map(({ alert }) => alert) ?? alerts
  const only = now.length === 1 ? now[0] : undefined
  const label = only ? words.one : words.several({ count: now.length })

  // The dialog is gone by then, and with it whatever waits for its own mutation.
  const undo = async (changed: readonly Alert[]) => {
    const { done: reopened, unchanged: [first] } = await takeBack.mutateAsync({ action: 'reopen', alerts: changed, message: '' })
    if (first) announceFailure(first.error)
    const [one] = reopened
    if (one) announce(reopened.length === 1 ? texts.changeAlerts.actions.reopen.doneOne({ title: one.title }) : texts.changeAlerts.actions.reopen.done({ count: reopened.length }))
  }

  /** Says once what came of it all, however many tries it took. */
  const finish = (changed: readonly Alert[], unchanged: readonly Unchanged[] | undefined) => {
    const [one] = changed
    if (one) {
      const count = changed.length
      const said = alerts.length === 1 ? words.doneOne({ title: one.title }) : unchanged?.length ? words.donePart({ count, of: alerts.length }) : words.done({ count })
      announce(said, mayUndo(action, changed) ? () => void undo(changed) : undefined)
    }
    onClose(unchanged)
  }
  const close = () => finish(done, left?.unchanged)

  const { draft, change: edit, errors, form } = useForm({
    initial: { message: '', ...newPause() },
    mutation: change,
    besides: { error: left?.unchanged[0]?.error },
    // However its end is chosen, it is one field of the request.
    pointers: { hours: '/until' },
    validate: (pause) => ({ ...(action === 'suppress' && endOf(pause) === undefined && { '/until': texts.changeAlerts.enterTime }) }),
    request: ({ message, ...pause }) => {
      setProgress(0)
      const end = action === 'suppress' ? endOf(pause) : undefined
      return { action, alerts: now, message, ...(end !== undefined && { until: end }), onProgress: setProgress }
    },
    // What was not done with one of them is tried again, with the same words.
    isKept: ({ unchanged }) => unchanged.length === 0,
    onSuccess: ({ done: more, unchanged }) => {
      const all = [...done, ...more]
      setDone(all)
      if (unchanged.length > 0) setLeft({ unchanged, of: now.length })
      else finish(all, [])
    },
  })

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close()
      }}
      title={only ? words.title : label}
      description={words.means}
    >
      <form {...form} className="flex flex-col gap-4">
        {left && <Left action={action} {...left} />}
        {only && !left && <p className="text-13 font-medium">{only.title}</p>}
        {action === 'suppress' && <PauseFields pause={draft} error={errors['/until']} onChange={({ hours, until }) => edit({ hours, until })} />}
        <TextAreaField
          label={texts.changeAlerts.message}
          optional
          maxLength={limits.AlertMessage.message.maxLength}
          value={draft.message}
          error={errors['/message']}
          onChange={(event) => edit({ message: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.form?.requestSubmit()
          }}
        />
        <p role="status" className="text-13 text-text-2 empty:hidden">
          {change.isPending && now.length > 1 && (progress > 0 ? texts.changeAlerts.progress({ done: progress, of: now.length }) : texts.changeAlerts.starts({ count: now.length }))}
        </p>
        <DialogActions>
          <Button onClick={close}>{left ? texts.changeAlerts.leave : texts.changeAlerts.cancel}</Button>
          <Button type="submit" variant="primary" busy={change.isPending}>
            {label}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
