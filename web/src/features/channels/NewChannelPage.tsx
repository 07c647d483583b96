import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Channel } from '@/api/types'
import { announce } from '@/components/announcements'
import { CancelLink } from '@/components/setUp/links'
import { SigningSecretDialog } from '@/components/SigningSecretDialog'
import { useCreateChannel } from '@/queries/channels'
import { createdSecret, newDraft } from './channelDraft'
import { ChannelForm } from './ChannelForm'
import { texts } from './texts'

const route = getRouteApi('/frame/channels/new')

export function NewChannelPage() {
  const navigate = route.useNavigate()
  const { kind } = route.useSearch()
  const [initial] = useState(() => newDraft(kind ?? 'email'))
  const [created, setCreated] = useState<{ channel: Channel; secret: string }>()
  const toChannel = ({ id }: Channel) => void navigate({ to: '/channels/$channelId', params: { channelId: id } })
  return (
    <>
      <ChannelForm
        initial={initial}
        mutation={useCreateChannel()}
        action={texts.create.action}
        failed={texts.create.failed}
        onKind={(chosen) => void navigate({ search: { kind: chosen }, replace: true, resetScroll: false })}
        cancel={<CancelLink kind="channel" />}
        onSuccess={(channel) => {
          announce(texts.create.created({ name: channel.name }))
          const secret = createdSecret(channel)
          if (secret) setCreated({ channel, secret })
          else toChannel(channel)
        }}
      />
      {created && <SigningSecretDialog whose={texts.signature.whatSends({ name: created.channel.name })} secret={created.secret} onClose={() => toChannel(created.channel)} />}
    </>
  )
}
