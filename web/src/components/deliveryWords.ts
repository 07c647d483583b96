import { CircleCheck, CirclePause, CircleSlash, CircleX, Clock3, Moon, type LucideIcon } from 'lucide-react'
import type { Delivery, DeliveryTry } from '@/api/types'
import type { Tone } from '@/components/ui/Badge'
import { named } from '@/lib/named'
import { plural } from '@/lib/numbers'
import { capitalized } from '@/lib/sentence'
import { dayAndHour, took } from '@/lib/time'

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
export const heldWords = (until: string, channel: string | null | undefined): string => `Held until ${dayAndHour(new Date(until))} by quiet hours of ${channel ?? 'its channel'}`

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
  return `${named(EVENTS, event, (words) => words)}: ${alertTitle ?? 'an alert that is gone'}`
}

function came({ status, attempts }: Pick<Delivery, 'status' | 'attempts'>): string {
  switch (status) {
    case 'delivered':
      return attempts > 1 ? `Delivered on attempt ${attempts}` : ''
    case 'pending':
      return attempts === 0 ? 'Not tried yet' : `Tried ${plural(attempts, 'time')}, tries again by itself`
    case 'failed':
      return attempts === 0 ? 'Given up' : `Given up after ${plural(attempts, 'attempt')}`
    case 'held':
      return 'A limit of messages is reached: the next message sums it up'
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
  const parts = [how && lastError ? `${how}: ${lastError}` : how || (lastError && capitalized(lastError)), note && capitalized(note)]
  return parts
    .filter(Boolean)
    .map((part) => String(part).replace(/\.$/, ''))
    .join('. ')
}

/** How one try went: "Answered 204 in 180 ms", "The receiver answered 503, after 2.4 s". */
export function tryWords({ status, error, tookMs }: Pick<DeliveryTry, 'status' | 'error' | 'tookMs'>): string {
  if (error != null) return `${capitalized(error).replace(/\.$/, '')}, after ${took(tookMs)}`
  return `${status == null ? 'Taken' : `Answered ${status}`} in ${took(tookMs)}`
}
