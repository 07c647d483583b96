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
import { texts } from './texts'

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
        action={texts.edit.action}
        failed={texts.edit.failed}
        cancel={<CancelLink kind="channel" id={channel.id} />}
        onSuccess={(changed) => {
          announce(texts.edit.changed({ name: changed.name }))
          const made = createdSecret(changed)
          if (made) setSecret(made)
          else toChannel()
        }}
      />
      {secret !== undefined && <SigningSecretDialog whose={texts.signature.whatSends({ name: channel.name })} secret={secret} onClose={toChannel} />}
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
