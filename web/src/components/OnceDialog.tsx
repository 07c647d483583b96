import type { ReactNode } from 'react'
import { texts } from './texts/forms'
import { Button } from './ui/Button'
import { Dialog, DialogActions } from './ui/Dialog'

interface OnceDialogProps {
  title: string
  description: string
  /** What is shown only now. */
  children: ReactNode
  /** Ways to take it along. */
  actions: ReactNode
  onClose: () => void
}

/** Shows what no later answer holds; neither a press beside it nor a key loses it. */
export function OnceDialog({ title, description, children, actions, onClose }: OnceDialogProps) {
  return (
    <Dialog
      open
      modalOnly
      closable={false}
      title={title}
      description={description}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      {children}
      <DialogActions>
        {actions}
        <Button variant="primary" onClick={onClose}>
          {texts.onceDialog.done}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

export function Secret({ children }: { children: string }) {
  return <code className="block rounded-md border border-line bg-surface-0 px-3 py-2 font-mono text-13 wrap-anywhere select-all">{children}</code>
}
