import { getRouteApi, Link } from '@tanstack/react-router'
import { PackageCheck } from 'lucide-react'
import { useMemo } from 'react'
import { useCan } from '@/api/client'
import type { Delivery } from '@/api/types'
import { announce, announceFailure } from '@/components/announcements'
import { channelLook } from '@/components/channels'
import { useListAddress } from '@/components/list/address'
import type { Option } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { usePageName } from '@/components/pageName'
import { Empty, NotAllowed } from '@/components/states'
import { buttonClass } from '@/components/ui/Button'
import { boundsOf } from '@/lib/dateRange'
import { useToday } from '@/lib/ticker'
import { useChannels } from '@/queries/channels'
import { useDeliveries, useDelivery, useSendAgain } from '@/queries/deliveries'
import { given } from '@/queries/pages'
import { useRules } from '@/queries/rules'
import { DeliverySheet } from './DeliverySheet'
import { deliveryList } from './deliveryList'
import { whatWasTold } from '@/components/deliveryWords'
import { texts } from './texts'

const route = getRouteApi('/frame/deliveries')

/** Keys of the address alone. */
const ADDRESS = deliveryList({ rules: [], channels: [], alertTitle: undefined, channelName: undefined, mayRead: false, onSendAgain: undefined, sending: undefined })

function NoDeliveries() {
  return (
    <Empty
      icon={PackageCheck}
      title={texts.empty.title}
      action={
        useCan('rules:read') && (
          <Link to="/rules" className={buttonClass()}>
            {texts.empty.rules}
          </Link>
        )
      }
    >
      {texts.empty.text}
    </Empty>
  )
}

function useChannelOptions(mayRead: boolean): readonly Option[] {
  const { data: channels } = useChannels(mayRead)
  return useMemo(() => (channels ?? []).map(({ id, name, type }) => ({ value: id, label: name, icon: channelLook(type).icon })), [channels])
}

function Deliveries() {
  const { delivery: wanted } = route.useSearch()
  const navigate = route.useNavigate()
  const { filters } = useListAddress(ADDRESS)
  const mayReadRules = useCan('rules:read')
  const maySend = useCan('alerts:acknowledge')
  const { data: rules } = useRules(mayReadRules)
  const channels = useChannelOptions(mayReadRules)
  const again = useSendAgain()
  const alertId = filters.alert?.[0]
  const channelId = filters.shared?.[0]
  const list = useDeliveries(given({ status: filters.status?.join(','), event: filters.event?.join(','), channel: filters.channel?.join(','), channelId, ruleId: filters.rule?.[0], alertId, ...boundsOf(filters.time?.[0] ?? '', useToday()) }))
  const alertTitle = list.items?.find((delivery) => delivery.alertId === alertId)?.alertTitle ?? undefined
  // As it was called then, should it be gone.
  const channelName = list.items?.find((delivery) => delivery.channelId === channelId)?.channelName ?? undefined
  const sending = again.isPending ? again.variables : undefined
  const { mutate } = again
  const onSendAgain = useMemo(
    () =>
      maySend
        ? (delivery: Delivery) => mutate(delivery.id, { onSuccess: () => announce(texts.page.sentAgain({ told: whatWasTold(delivery) })), onError: announceFailure })
        : undefined,
    [maySend, mutate],
  )
  const definition = useMemo(
    () => deliveryList({ rules: rules ?? [], channels, alertTitle, channelName, mayRead: mayReadRules, onSendAgain, sending }),
    [rules, channels, alertTitle, channelName, mayReadRules, onSendAgain, sending],
  )
  const listed = list.items?.find(({ id }) => id === wanted)
  const found = useDelivery(listed === undefined && list.items !== undefined ? wanted : undefined)
  const opened = wanted === undefined ? undefined : (listed ?? found)
  usePageName(opened && whatWasTold(opened))
  const close = () => void navigate({ search: ({ delivery: _, ...rest }) => rest, resetScroll: false })
  return (
    <>
      <List definition={definition} list={list} empty={<NoDeliveries />} />
      <DeliverySheet delivery={opened} mayRead={mayReadRules} onSendAgain={onSendAgain} sending={sending} onClose={close} />
    </>
  )
}

/** Each message about an alert, and what became of it. */
export function DeliveriesPage() {
  return useCan('alerts:read') ? <Deliveries /> : <NotAllowed what={texts.page.what} permission="alerts:read" />
}
