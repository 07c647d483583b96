import { Link } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useCan } from '@/api/client'
import { buttonClass } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { phrase } from '@/lib/phrase'
import { texts } from './firstStepsTexts'

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
          {done ? phrase(texts.step.done, { title, quiet: (words) => <span className="font-normal text-text-3">{words}</span> }) : title}
        </h3>
        <p className="mt-0.5 text-13 text-text-2">{children}</p>
      </div>
      {action}
    </li>
  )
}

/** What a tenant with no account sees: how to get from here to a watched network. */
export default function FirstSteps({ rules }: { rules: number }) {
  const mayConnect = useCan('accounts:write')
  const mayWriteRules = useCan('rules:write')
  return (
    <Card title={texts.firstSteps.title} className="mx-auto max-w-2xl">
      <ol className="mt-1">
        <Step
          number={1}
          title={texts.connect.title}
          action={
            mayConnect && (
              <Link to="/settings/accounts/connect" className={buttonClass('primary')}>
                {texts.connect.action}
              </Link>
            )
          }
        >
          {mayConnect
            ? texts.connect.about
            : texts.connect.notYou}
        </Step>
        <Step number={2} title={texts.sync.title}>
          {texts.sync.about}
        </Step>
        <Step
          number={3}
          title={texts.rules.title}
          done={rules > 0}
          action={
            mayWriteRules &&
            rules === 0 && (
              <Link to="/rules/templates" className={buttonClass()}>
                {texts.rules.action}
              </Link>
            )
          }
        >
          {texts.rules.about}
        </Step>
      </ol>
    </Card>
  )
}
