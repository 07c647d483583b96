import { Megaphone, Moon } from 'lucide-react'
import { useCan } from '@/api/client'
import type { Channel } from '@/api/types'
import { CHANNEL_KINDS, channelLook, CHANNELS } from '@/components/channels'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { useWholeList } from '@/components/list/whole'
import { nameColumn, NewLink } from '@/components/setUp/links'
import { Empty, NotAllowed } from '@/components/states'
import { Trouble } from '@/components/Trouble'
import { listed } from '@/lib/numbers'
import { useChannels } from '@/queries/channels'
import { ChannelSwitch, KindMark, severitiesWords, stateOf, STATES } from './channelStatus'
import { formOf, whereTo } from './kinds/kinds'
import { hoursWords, quietWords, type QuietHours } from './quietHours'
import { texts } from './texts'

/** "2 rules and 1 route" */
const users = ({ usedBy, routedBy }: Channel): string => listed([...(usedBy.length > 0 ? [texts.used.rules({ count: usedBy.length })] : []), ...(routedBy.length > 0 ? [texts.used.routes({ count: routedBy.length })] : [])])

const used = (channel: Channel): string => (users(channel) ? texts.used.by({ users: users(channel) }) : texts.used.none)

function Quiet({ hours }: { hours: QuietHours }) {
  return (
    <p className="flex min-w-0 items-start gap-1.5 text-13 text-text-3">
      <Moon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span className="min-w-0 wrap-anywhere">{quietWords(hours)}</span>
    </p>
  )
}

function WhereTo({ config }: Pick<Channel, 'config'>) {
  const kind = formOf(config.type)
  return (
    <>
      {whereTo(config)}
      {kind.Now && <kind.Now shown={config} brief />}
    </>
  )
}

const LIST: ListDefinition<Channel> = {
  id: 'channels',
  label: texts.list.label,
  one: texts.list.one,
  ownHeights: true,
  idOf: ({ id }) => id,
  name: {
    ...nameColumn('channel'),
    below: ({ config }) => <WhereTo config={config} />,
  },
  columns: [
    { id: 'kind', title: texts.list.kind, width: 150, priority: 9, sort: 'kind', card: 'below', by: ({ config }) => channelLook(config.type).title, text: ({ config }) => channelLook(config.type).title, cell: ({ config }) => <KindMark type={config.type} /> },
    {
      id: 'state',
      title: texts.list.state,
      width: 100,
      priority: 10,
      card: 'below',
      text: (channel) => STATES.find(({ value }) => value === stateOf(channel))?.label ?? '',
      cell: (channel) => (
        <span className="relative z-10 -my-1.5 inline-block">
          <ChannelSwitch channel={channel} />
        </span>
      ),
    },
    { id: 'severities', title: texts.list.tells, width: 190, priority: 6, text: ({ severities }) => severitiesWords(severities), cell: ({ severities }) => <span className="text-13 text-text-3">{severitiesWords(severities)}</span> },
    { id: 'used', title: texts.list.usedBy, width: 150, priority: 7, sort: 'used', newestFirst: true, by: ({ usedBy, routedBy }) => usedBy.length + routedBy.length, card: 'end', text: used, cell: (channel) => <span className="text-13 text-text-3">{users(channel) || texts.list.nothing}</span> },
  ],
  more: [
    { title: texts.list.where, text: ({ config }) => whereTo(config) },
    { title: texts.list.trouble, text: ({ off, trouble }) => off?.reason ?? trouble?.reason ?? '' },
    { title: texts.list.quietHours, text: ({ quietHours }) => (quietHours ? `${hoursWords(quietHours)} (${quietHours.timeZone})` : '') },
    { title: texts.list.rules, text: ({ usedBy }) => usedBy.map(({ name }) => name).join(', ') },
    { title: texts.list.routes, text: ({ routedBy }) => routedBy.map(({ name }) => name).join(', ') },
  ],
  filters: [
    { id: 'kind', title: texts.list.kind, several: true, options: CHANNEL_KINDS.map((value) => ({ value, label: CHANNELS[value].title })), of: ({ config }) => [config.type] },
    { id: 'state', title: texts.list.state, several: true, options: STATES, of: (channel) => [stateOf(channel)] },
  ],
  searches: texts.list.searches,
  detail: (channel) => {
    const hasTrouble = Boolean(channel.off) || (channel.enabled && channel.trouble)
    return hasTrouble || channel.quietHours ? (
      <>
        {hasTrouble && <Trouble receiver={channel} />}
        {channel.quietHours && <Quiet hours={channel.quietHours} />}
      </>
    ) : null
  },
}

function Channels() {
  const list = useWholeList(useChannels(), LIST)
  return (
    <List
      definition={LIST}
      list={list}
      action={<NewLink kind="channel" />}
      empty={
        <Empty icon={Megaphone} title={texts.list.emptyTitle} action={<NewLink kind="channel" />}>
          {texts.list.empty}
        </Empty>
      }
    />
  )
}

export function ChannelsPage() {
  return useCan('rules:read') ? <Channels /> : <NotAllowed what={texts.page.what} permission="rules:read" />
}
