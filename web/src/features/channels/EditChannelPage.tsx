import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Channel } from '@/api/types'
import { announce } from '@/components/announcements'
import { CancelLink } from '@/components/setUp/links'
import { AsOpened } from '@/components/setUp/pages'
import { SigningSecretDialog } from '@/components/SigningSecretDialog'
import { useChannelOnce, useUpdateChannel } from '@/queries/channels'
import { createdSecret, draftOf } from './channelDraft'
import { ChannelForm } from './ChannelForm'

const route = getRouteApi('/frame/channels/$channelId/edit')

function Edit({ channel }: { channel: Channel }) {
  const navigate = route.useNavigate()
  const [initial] = useState(() => draftOf(channel))
  const [secret, setSecret] = useState<string>()
  const toChannel = () => void navigate({ to: '/channels/$channelId', params: { channelId: channel.id } })
  return (
    <>
      <ChannelForm
        initial={initial}
        channel={channel}
        mutation={useUpdateChannel(channel)}
        action="Save changes"
        failed="The channel was not changed"
        cancel={<CancelLink kind="channel" id={channel.id} />}
        onSuccess={(changed) => {
          announce(`Channel “${changed.name}” was changed.`)
          const made = createdSecret(changed)
          if (made) setSecret(made)
          else toChannel()
        }}
      />
      {secret !== undefined && <SigningSecretDialog whose={`What “${channel.name}” sends`} secret={secret} onClose={toChannel} />}
    </>
  )
}

export function EditChannelPage() {
  const { channelId } = route.useParams()
  return (
    <AsOpened kind="channel" id={channelId} query={useChannelOnce(channelId)}>
      {(channel) => <Edit channel={channel} />}
    </AsOpened>
  )
}
