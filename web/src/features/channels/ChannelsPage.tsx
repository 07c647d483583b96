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
import { listed, plural } from '@/lib/numbers'
import { useChannels } from '@/queries/channels'
import { ChannelSwitch, KindMark, severitiesWords, stateOf, STATES } from './channelStatus'
import { formOf, whereTo } from './kinds/kinds'
import { hoursWords, quietWords, type QuietHours } from './quietHours'

/** "2 rules and 1 route" */
const users = ({ usedBy, routedBy }: Channel): string => listed([...(usedBy.length > 0 ? [plural(usedBy.length, 'rule')] : []), ...(routedBy.length > 0 ? [plural(routedBy.length, 'route')] : [])])

const used = (channel: Channel): string => (users(channel) ? `Used by ${users(channel)}` : 'Nothing uses it')

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
  label: 'Channels',
  one: 'channel',
  ownHeights: true,
  idOf: ({ id }) => id,
  name: {
    ...nameColumn('channel'),
    below: ({ config }) => <WhereTo config={config} />,
  },
  columns: [
    { id: 'kind', title: 'Kind', width: 150, priority: 9, sort: 'kind', card: 'below', by: ({ config }) => channelLook(config.type).title, text: ({ config }) => channelLook(config.type).title, cell: ({ config }) => <KindMark type={config.type} /> },
    {
      id: 'state',
      title: 'State',
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
    { id: 'severities', title: 'Tells of', width: 190, priority: 6, text: ({ severities }) => severitiesWords(severities), cell: ({ severities }) => <span className="text-13 text-text-3">{severitiesWords(severities)}</span> },
    { id: 'used', title: 'Used by', width: 150, priority: 7, sort: 'used', newestFirst: true, by: ({ usedBy, routedBy }) => usedBy.length + routedBy.length, card: 'end', text: used, cell: (channel) => <span className="text-13 text-text-3">{users(channel) || 'nothing'}</span> },
  ],
  more: [
    { title: 'Where to', text: ({ config }) => whereTo(config) },
    { title: 'Trouble', text: ({ off, trouble }) => off?.reason ?? trouble?.reason ?? '' },
    { title: 'Quiet hours', text: ({ quietHours }) => (quietHours ? `${hoursWords(quietHours)} (${quietHours.timeZone})` : '') },
    { title: 'Rules', text: ({ usedBy }) => usedBy.map(({ name }) => name).join(', ') },
    { title: 'Routes', text: ({ routedBy }) => routedBy.map(({ name }) => name).join(', ') },
  ],
  filters: [
    { id: 'kind', title: 'Kind', several: true, options: CHANNEL_KINDS.map((value) => ({ value, label: CHANNELS[value].title })), of: ({ config }) => [config.type] },
    { id: 'state', title: 'State', several: true, options: STATES, of: (channel) => [stateOf(channel)] },
  ],
  searches: 'Name, where to, rule, route',
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
        <Empty icon={Megaphone} title="No channel yet" action={<NewLink kind="channel" />}>
          A channel is set up once, in Slack, PagerDuty, by email or elsewhere, and then used by as many rules and routes as you like.
        </Empty>
      }
    />
  )
}

export function ChannelsPage() {
  return useCan('rules:read') ? <Channels /> : <NotAllowed what="channels" permission="rules:read" />
}
