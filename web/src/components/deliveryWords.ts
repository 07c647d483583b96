import { CircleCheck, CirclePause, CircleSlash, CircleX, Clock3, Moon, type LucideIcon } from 'lucide-react'
import type { Delivery, DeliveryTry } from '@/api/types'
import type { Tone } from '@/components/ui/Badge'
import { named } from '@/lib/named'
import { capitalized } from '@/lib/sentence'
import { dayAndHour, took } from '@/lib/time'
import { texts } from './texts/deliveries'

type Status = Delivery['status']

interface Look {
  tone: Tone
  icon: LucideIcon
  word: string
}

const STATUS: Readonly<Record<Status, Look>> = {
  delivered: { tone: 'ok', icon: CircleCheck, word: 'Delivered' },
  pending: { tone: 'info', icon: Clock3, word: 'Waiting' },
  failed: { tone: 'bad', icon: CircleX, word: 'Failed' },
  held: { tone: 'warn', icon: CirclePause, word: 'Held' },
  superseded: { tone: 'muted', icon: CircleSlash, word: 'Not sent any more' },
}

export const STATUSES = (['pending', 'failed', 'held', 'delivered', 'superseded'] as const).map((value) => ({ value, ...STATUS[value] }))

const statusLook = (status: string): Look => named<Look>(STATUS, status, (word) => ({ tone: 'muted', icon: CircleSlash, word }))

/** How it stands, also where only quiet hours keep it. */
export const deliveryLook = ({ status, heldUntil }: Pick<Delivery, 'status' | 'heldUntil'>): Look => (heldUntil ? { tone: 'info', icon: Moon, word: 'Quiet hours' } : statusLook(status))

/** "Held until 30 Nov, 07:00 by quiet hours of Operations" */
export const heldWords = (until: string, channel: string | null | undefined): string => texts.delivery.held({ until: dayAndHour(new Date(until)), channel: channel ?? texts.delivery.itsChannel })

const EVENTS: Readonly<Record<string, string>> = {
  fired: 'Fired',
  repeated: 'Still open',
  escalated: 'Escalated',
  acknowledged: 'Acknowledged',
  grew: 'More',
  suppressed: 'Suppressed',
  reopened: 'Open again',
  resolved: 'Resolved',
}

/** The steps that messages tell of, in the order in which they come. */
export const TOLD_EVENTS = (['fired', 'escalated', 'repeated', 'grew', 'reopened', 'resolved'] as const).map((value) => ({ value, label: EVENTS[value] ?? value }))

/** What was told: "Fired: router-02 is offline". */
export function whatWasTold({ event, alertTitle }: Pick<Delivery, 'event' | 'alertTitle'>): string {
  return texts.delivery.told({ event: named(EVENTS, event, (words) => words), alert: alertTitle ?? texts.delivery.goneAlert })
}

function came({ status, attempts }: Pick<Delivery, 'status' | 'attempts'>): string {
  switch (status) {
    case 'delivered':
      return attempts > 1 ? texts.delivery.deliveredOn({ attempt: attempts }) : ''
    case 'pending':
      return attempts === 0 ? texts.delivery.notTried : texts.delivery.tried({ count: attempts })
    case 'failed':
      return attempts === 0 ? texts.delivery.givenUp : texts.delivery.givenUpAfter({ count: attempts })
    case 'held':
      return texts.delivery.limited
    default:
      return ''
  }
}

/** How it came so, as far as there is something to say. */
export function course(delivery: Pick<Delivery, 'status' | 'attempts' | 'lastError' | 'note' | 'heldUntil' | 'channelName'>): string {
  const { lastError, note, heldUntil, channelName } = delivery
  // The note says so, too, by the clocks of the channel’s place.
  if (heldUntil) return heldWords(heldUntil, channelName)
  const how = came(delivery)
  const parts = [how && lastError ? texts.delivery.because({ how, why: lastError }) : how || (lastError && capitalized(lastError)), note && capitalized(note)]
  return parts
    .filter(Boolean)
    .map((part) => String(part).replace(/\.$/, ''))
    .join('. ')
}

/** How one try went: "Answered 204 in 180 ms", "The receiver answered 503, after 2.4 s". */
export function tryWords({ status, error, tookMs }: Pick<DeliveryTry, 'status' | 'error' | 'tookMs'>): string {
  if (error != null) return texts.delivery.failedAfter({ why: capitalized(error).replace(/\.$/, ''), took: took(tookMs) })
  return status == null ? texts.delivery.taken({ took: took(tookMs) }) : texts.delivery.answered({ status, took: took(tookMs) })
}
