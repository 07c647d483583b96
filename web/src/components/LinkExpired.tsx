import type { ReactNode } from 'react'
import { FormFailure } from './FormFailure'
import { texts } from './texts/failures'

interface LinkExpiredProps {
  /** What to do now. */
  children: ReactNode
}

/** A mail's link that was used, is too old, or came without its token. */
export function LinkExpired({ children }: LinkExpiredProps) {
  return (
    <div className="flex flex-col gap-3">
      <FormFailure title={texts.linkExpired.title}>{texts.linkExpired.why}</FormFailure>
      {children}
    </div>
  )
}
