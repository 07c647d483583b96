import type { UseMutationResult } from '@tanstack/react-query'
import { CircleCheck, CircleX, Clock3, Send } from 'lucide-react'
import { ApiProblem, hasSlug } from '@/api/problem'
import type { ChannelTest } from '@/api/types'
import { oneUnit } from '@/lib/time'
import { outcome } from './channelTest'
import { texts } from './texts/channels'
import { TEXT_TONE } from './ui/Badge'
import { Button } from './ui/Button'

/** The receiver's own answer. */
function Outcome({ test }: { test: ChannelTest }) {
  const Icon = test.delivered ? CircleCheck : CircleX
  return (
    <div className={TEXT_TONE[test.delivered ? 'ok' : 'bad']}>
      <p className="flex items-start gap-1.5">
        <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
        <span className="min-w-0 wrap-anywhere">{outcome(test)}</span>
      </p>
      {test.answer && <p className="mt-0.5 pl-5 wrap-anywhere text-text-3">{texts.channelTestButton.said({ answer: test.answer })}</p>}
    </div>
  )
}

/** Why nothing was sent. */
function NotSent({ error }: { error: Error }) {
  const isEarly = hasSlug(error, 'rate-limited')
  const Icon = isEarly ? Clock3 : CircleX
  const said = error instanceof ApiProblem && error.fields.length > 0 ? error.fields.map(({ detail }) => detail).join(', ') : error.message
  return (
    <p className={`flex items-start gap-1.5 ${TEXT_TONE[isEarly ? 'info' : 'bad']}`}>
      <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span className="min-w-0 wrap-anywhere">
        {isEarly
          ? texts.channelTestButton.tooMany({ wait: error.retryAfter === undefined ? undefined : oneUnit(error.retryAfter * 1000) })
          : texts.channelTestButton.notSent({ why: said })}
      </span>
    </p>
  )
}

interface ChannelTestButtonProps<Request> {
  /** What is tried. */
  name: string
  send: Pick<UseMutationResult<ChannelTest, Error, Request>, 'mutate' | 'isPending' | 'data' | 'error'>
  request: Request
}

/** Sends a message at once, and shows what the receiver answered. */
export function ChannelTestButton<Request>({ name, send, request }: ChannelTestButtonProps<Request>) {
  return (
    <>
      <Button icon={Send} busy={send.isPending} aria-label={texts.channelTestButton.sendThis({ name })} onClick={() => send.mutate(request)}>
        {texts.channelTestButton.send}
      </Button>
      <div role="status" className="w-full text-13 empty:hidden">
        {send.data && <Outcome test={send.data} />}
        {send.error && <NotSent error={send.error} />}
      </div>
    </>
  )
}
