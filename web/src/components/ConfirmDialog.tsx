import type { UseMutationResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { RequestFailure } from './RequestFailure'
import { texts } from './texts/forms'
import { Button } from './ui/Button'
import { Dialog, DialogActions } from './ui/Dialog'

interface ConfirmDialogProps<Request, Result> {
  title: string
  /** What goes with it. */
  description: ReactNode
  /** What the button does, in words. */
  action: string
  keep?: string
  failed: string
  mutation: Pick<UseMutationResult<Result, Error, Request>, 'mutate' | 'error' | 'isPending'>
  request: Request
  onDone: (result: Result) => void
  onClose: () => void
}

/** Asks once more before something that cannot be undone. */
export function ConfirmDialog<Request, Result>({ title, description, action, keep = texts.confirmDialog.cancel, failed, mutation, request, onDone, onClose }: ConfirmDialogProps<Request, Result>) {
  return (
    <Dialog
      open
      title={title}
      description={description}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <RequestFailure error={mutation.error} title={failed} />
      <DialogActions>
        <Button onClick={onClose}>{keep}</Button>
        <Button
          variant="danger"
          busy={mutation.isPending}
          onClick={() =>
            mutation.mutate(request, {
              onSuccess: (result) => {
                onDone(result)
                onClose()
              },
            })
          }
        >
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
