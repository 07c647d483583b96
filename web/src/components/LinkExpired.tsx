import type { ReactNode } from 'react'
import { FormFailure } from './FormFailure'

interface LinkExpiredProps {
  /** What to do now. */
  children: ReactNode
}

/** A mail's link that was used, is too old, or came without its token. */
export function LinkExpired({ children }: LinkExpiredProps) {
  return (
    <div className="flex flex-col gap-3">
      <FormFailure title="This link no longer works">Links from mails work once and for a limited time. If the mail is new, open its link again.</FormFailure>
      {children}
    </div>
  )
}
