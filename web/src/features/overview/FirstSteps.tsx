import { Link } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useCan } from '@/api/client'
import { buttonClass } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'

interface StepProps {
  number: number
  title: string
  children: ReactNode
  done?: boolean
  action?: ReactNode
}

function Step({ number, title, children, done = false, action }: StepProps) {
  return (
    <li className="flex items-start gap-4 border-t border-line px-4 py-4 first:border-t-0">
      <span aria-hidden className="flex size-6 shrink-0 items-center justify-center rounded-full border border-line-strong text-12 font-semibold">
        {done ? <CircleCheck className="size-4 text-ok-text" /> : number}
      </span>
      <div className="min-w-0 flex-1">
        <h3 className="text-14 font-semibold">
          {title}
          {done && <span className="font-normal text-text-3"> · done</span>}
        </h3>
        <p className="mt-0.5 text-13 text-text-2">{children}</p>
      </div>
      {action}
    </li>
  )
}

/** What a tenant with no account sees: how to get from here to a watched network. */
export function FirstSteps({ rules }: { rules: number }) {
  const mayConnect = useCan('accounts:write')
  const mayWriteRules = useCan('rules:write')
  return (
    <Card title="Three steps to a watched network" className="mx-auto max-w-2xl">
      <ol className="mt-1">
        <Step
          number={1}
          title="Connect a NetBird account"
          action={
            mayConnect && (
              <Link to="/settings/accounts/connect" className={buttonClass('primary')}>
                Connect
              </Link>
            )
          }
        >
          {mayConnect
            ? 'NetBird Cloud or your own server, with a read-only token.'
            : 'An owner or admin of this tenant does this.'}
        </Step>
        <Step number={2} title="Let the first sync finish">
          Peers, groups, users and policies appear within a minute and stay up to date.
        </Step>
        <Step
          number={3}
          title="Create the first rules"
          done={rules > 0}
          action={
            mayWriteRules &&
            rules === 0 && (
              <Link to="/rules/templates" className={buttonClass()}>
                Choose rules
              </Link>
            )
          }
        >
          Choose when to be alerted, and where: by email or webhook, in Slack, Microsoft Teams or Discord.
        </Step>
      </ol>
    </Card>
  )
}
