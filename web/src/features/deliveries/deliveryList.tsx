import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { Send } from 'lucide-react'
import type { AlertRule, Delivery } from '@/api/types'
import { CHANNEL_KINDS, channelLook, CHANNELS } from '@/components/channels'
import { DateRangeFields } from '@/components/DateRangeFields'
import type { ListDefinition, Option } from '@/components/list/definition'
import { Ago } from '@/components/Time'
import { Mark } from '@/components/ui/Badge'
import { Button } from '@/components/ui/Button'
import { RECENT, rangeWords } from '@/lib/dateRange'
import { UNKNOWN } from '@/lib/numbers'
import { isUuid } from '@/lib/uuid'
import { BUILT_IN_RULE } from '@/queries/rules'
import { course, deliveryLook, STATUSES, TOLD_EVENTS, whatWasTold } from '@/components/deliveryWords'
import { texts } from './texts'

function Status(delivery: Pick<Delivery, 'status' | 'heldUntil'>) {
  const { word, ...look } = deliveryLook(delivery)
  return <Mark {...look}>{word}</Mark>
}

/** A shared channel by its name, else whom it reaches. */
function Channel({ channel, channelName, target }: Delivery) {
  const { title, icon: Icon } = channelLook(channel)
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-13 text-text-2" title={texts.list.toInFull({ kind: title, name: channelName, target })}>
      <Icon aria-label={title} className="size-3.5 shrink-0 text-text-3" />
      <span className="truncate max-sm:max-w-44">{channelName ?? target}</span>
    </span>
  )
}

function Rule({ ruleId, ruleName }: Delivery) {
  const name = ruleName ?? texts.page.deletedRule
  if (ruleName == null || ruleId === BUILT_IN_RULE) return <span className="text-13 text-text-3">{name}</span>
  return (
    <Link to="/rules/$ruleId" params={{ ruleId }} title={name} className="relative z-10 text-13 text-text-2 hover:underline">
      {name}
    </Link>
  )
}

interface DeliveryListOptions {
  rules: readonly AlertRule[]
  /** The tenant's, by their ids. */
  channels: readonly Option[]
  /** What the address names by id alone. */
  alertTitle: string | undefined
  channelName: string | undefined
  mayRead: boolean
  /** Undefined for those who may not. */
  onSendAgain: ((delivery: Delivery) => void) | undefined
  sending: string | undefined
}

/** What was told to whom, and what became of it. */
export const deliveryList = ({ rules, channels, alertTitle, channelName, mayRead, onSendAgain, sending }: DeliveryListOptions): ListDefinition<Delivery> => ({
  id: 'deliveries',
  label: texts.list.label,
  one: texts.list.one,
  many: texts.list.many,
  idOf: ({ id }) => id,
  nameLines: 2,
  name: {
    id: 'what',
    title: texts.list.whatWasTold,
    // A sentence, beside what says as much.
    letters: 28,
    text: whatWasTold,
    cell: (delivery) => (
      <Link to="." search={(search) => ({ ...search, delivery: delivery.id })} resetScroll={false} className={clsx('after:absolute after:inset-0 hover:underline', delivery.alertTitle == null ? 'text-text-2' : 'font-medium')}>
        {whatWasTold(delivery)}
      </Link>
    ),
    below: (delivery) => {
      const how = course(delivery)
      return <span title={how || undefined}>{how || (delivery.ruleName ?? UNKNOWN)}</span>
    },
  },
  columns: [
    { id: 'when', title: texts.list.when, width: 112, priority: 9, leads: true, card: 'beside', text: ({ createdAt }) => createdAt, cell: ({ createdAt }) => <Ago at={createdAt} className="text-13 text-text-3" /> },
    { id: 'status', title: texts.list.status, width: 176, priority: 10, card: 'below', text: (delivery) => deliveryLook(delivery).word, cell: (delivery) => <span className="text-13"><Status {...delivery} /></span> },
    { id: 'channel', title: texts.list.to, width: 210, priority: 8, card: 'below', text: ({ channel }) => channelLook(channel).title, cell: (delivery) => <Channel {...delivery} /> },
    ...(mayRead ? [{ id: 'rule', title: texts.list.rule, width: 170, priority: 5, text: ({ ruleName }: Delivery) => ruleName ?? '', cell: (delivery: Delivery) => <Rule {...delivery} /> }] : []),
    { id: 'attempts', title: texts.list.attempts, width: 92, priority: 4, text: ({ attempts }) => String(attempts), cell: ({ attempts }) => <span className="text-text-3 tabular-nums">{attempts}</span> },
    { id: 'next', title: texts.list.nextTry, width: 112, priority: 6, text: ({ nextTryAt }) => nextTryAt ?? '', cell: ({ nextTryAt }) => (nextTryAt ? <Ago at={nextTryAt} className="text-13 text-text-3" /> : null) },
  ],
  more: [
    { title: texts.list.sharedChannel, text: ({ channelName }) => channelName ?? '' },
    { title: texts.list.target, text: ({ target }) => target },
    { title: texts.list.lastError, text: ({ lastError }) => lastError ?? '' },
    { title: texts.list.note, text: ({ note }) => note ?? '' },
    { title: texts.list.heldUntil, text: ({ heldUntil }) => heldUntil ?? '' },
    { title: texts.list.finished, text: ({ finishedAt }) => finishedAt ?? '' },
    { title: texts.list.alertId, text: ({ alertId }) => alertId },
  ],
  filters: [
    { id: 'status', title: texts.list.status, several: true, options: STATUSES.map(({ value, word, tone, icon }) => ({ value, label: word, tone, icon })) },
    { id: 'event', title: texts.list.event, several: true, options: TOLD_EVENTS },
    { id: 'channel', title: texts.list.channel, several: true, options: CHANNEL_KINDS.map((value) => ({ value, label: CHANNELS[value].title, icon: CHANNELS[value].icon })) },
    { id: 'shared', title: texts.list.sharedChannel, options: channels, word: (id) => channelName ?? id },
    { id: 'rule', title: texts.list.rule, options: rules.map(({ id, name }) => ({ value: id, label: name })) },
    { id: 'time', title: texts.list.time, options: RECENT, word: (range) => rangeWords(range), Maker: DateRangeFields },
    { id: 'alert', title: texts.list.alert, open: true, takes: { fits: isUuid, words: texts.list.typeAlert }, word: (id) => alertTitle ?? id },
  ],
  ...(onSendAgain && {
    actions: {
      width: 132,
      card: 'beside' as const,
      cell: (delivery: Delivery) =>
        delivery.status === 'failed' && (
          <Button icon={Send} busy={sending === delivery.id} onClick={() => onSendAgain(delivery)}>
            <span className="max-sm:sr-only">{texts.list.sendAgain}</span>
            <span className="sr-only">: {whatWasTold(delivery)}</span>
          </Button>
        ),
    },
  }),
})
