import { CircleCheck, CirclePause, CircleX, TriangleAlert } from 'lucide-react'
import { useCan } from '@/api/client'
import type { Channel } from '@/api/types'
import { announce, announceFailure } from '@/components/announcements'
import { channelLook } from '@/components/channels'
import { SEVERITIES } from '@/components/status'
import { Badge } from '@/components/ui/Badge'
import { Switch } from '@/components/ui/Switch'
import { listed } from '@/lib/numbers'
import { useUpdateChannel } from '@/queries/channels'
import { switched } from './channelDraft'
import { texts } from './texts'

type State = 'on' | 'failing' | 'off' | 'stopped'

/** Switched off by the platform, since its receiver takes nothing any more, is another thing than switched off by somebody. */
export function stateOf({ enabled, off, trouble }: Pick<Channel, 'enabled' | 'off' | 'trouble'>): State {
  if (!enabled) return off ? 'stopped' : 'off'
  return trouble ? 'failing' : 'on'
}

export const STATES = [
  { value: 'on', label: texts.states.on, tone: 'ok', icon: CircleCheck },
  { value: 'failing', label: texts.states.failing, tone: 'warn', icon: TriangleAlert },
  { value: 'stopped', label: texts.states.stopped, tone: 'bad', icon: CircleX },
  { value: 'off', label: texts.states.off, tone: 'muted', icon: CirclePause },
] as const

export function ChannelBadge({ channel }: { channel: Channel }) {
  const state = STATES.find(({ value }) => value === stateOf(channel))
  return state ? (
    <Badge tone={state.tone} icon={state.icon}>
      {state.label}
    </Badge>
  ) : null
}

/** Switches a channel on and off. */
export function ChannelSwitch({ channel }: { channel: Channel }) {
  const change = useUpdateChannel(channel)
  if (!useCan('rules:write')) return <ChannelBadge channel={channel} />
  const { name, enabled } = channel
  const onChange = (on: boolean) =>
    change.mutate(switched(channel, on), {
      onSuccess: () => announce(on ? texts.switch.on({ name }) : texts.switch.off({ name })),
      onError: announceFailure,
    })
  return <Switch label={texts.switch.use({ name })} checked={enabled} busy={change.isPending} onChange={onChange} />
}

export function KindMark({ type }: { type: string }) {
  const { title, icon: Icon } = channelLook(type)
  return (
    <span className="inline-flex items-center gap-1.5 text-13 text-text-2">
      <Icon aria-hidden className="size-3.5 shrink-0 text-text-3" />
      {title}
    </span>
  )
}

/** Of which severities it tells. */
export const severitiesWords = (severities: Channel['severities']): string =>
  severities.length === 0 || severities.length === SEVERITIES.length ? texts.list.allSeverities : listed(SEVERITIES.filter(({ value }) => severities.includes(value)).map(({ word }, index) => (index === 0 ? word : word.toLowerCase())))
