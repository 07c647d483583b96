import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiProblem } from '@/api/problem'
import { phrase } from '@/lib/phrase'
import { texts } from './texts/failures'

interface FormFailureProps {
  title: ReactNode
  children?: ReactNode
  error?: unknown
}

/** Why a form was refused as a whole, above its fields. */
export function FormFailure({ title, children, error }: FormFailureProps) {
  const requestId = error instanceof ApiProblem ? error.requestId : undefined
  return (
    <div role="alert" className="flex items-start gap-2 rounded-md bg-bad-soft px-3 py-2 text-13 text-bad-text">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">
        <p className="font-semibold">{title}</p>
        {children && <div className="mt-0.5 text-text-1">{children}</div>}
        {requestId && (
          <p className="mt-1 text-12 text-text-2">
            {phrase(texts.formFailure.request, { requestId: <code className="font-mono break-all select-all">{requestId}</code> })}
          </p>
        )}
      </div>
    </div>
  )
}
