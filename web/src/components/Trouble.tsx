import { CircleX, TriangleAlert } from 'lucide-react'
import type { Channel } from '@/api/types'
import { phrase } from '@/lib/phrase'
import { texts } from './texts/channels'
import { Ago, Lasting } from './Time'

interface TroubleProps {
  receiver: Pick<Channel, 'enabled' | 'off' | 'trouble'>
  /** What is switched off. */
  what?: string
}

/** Why the platform has switched a receiver off, or will do so if nothing arrives; nothing is tried of one that somebody switched off. */
export function Trouble({ receiver: { enabled, off, trouble }, what = texts.trouble.channel }: TroubleProps) {
  if (off) {
    return (
      <p className="flex items-start gap-1.5 text-13 text-bad-text">
        <CircleX aria-hidden className="mt-0.5 size-3.5 shrink-0" />
        <span className="min-w-0 wrap-anywhere">
          {phrase(texts.trouble.switchedOff, { when: <Ago at={off.at} />, reason: off.reason })}
        </span>
      </p>
    )
  }
  return enabled && trouble ? (
    <p className="flex items-start gap-1.5 text-13 text-warn-text">
      <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span className="min-w-0 wrap-anywhere">
        {phrase(texts.trouble.failing, { lasting: <Lasting at={trouble.since} />, reason: trouble.reason, what })}
      </span>
    </p>
  ) : null
}
