import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Channel } from '@/api/types'
import { announce } from '@/components/announcements'
import { usePageName } from '@/components/pageName'
import { SigningSecretDialog } from '@/components/SigningSecretDialog'
import { SkeletonRows } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { buttonClass } from '@/components/ui/Button'
import { useChannelOnce, useUpdateChannel } from '@/queries/channels'
import { createdSecret, draftOf } from './channelDraft'
import { ChannelForm } from './ChannelForm'

const route = getRouteApi('/frame/channels/$channelId/edit')

function Edit({ channel }: { channel: Channel }) {
  const navigate = route.useNavigate()
  const [initial] = useState(() => draftOf(channel))
  const [secret, setSecret] = useState<string>()
  usePageName(`Edit ${channel.name}`)
  const params = { channelId: channel.id }
  const toChannel = () => void navigate({ to: '/channels/$channelId', params })
  return (
    <>
      <ChannelForm
        initial={initial}
        channel={channel}
        mutation={useUpdateChannel(channel)}
        action="Save changes"
        failed="The channel was not changed"
        cancel={
          <Link to="/channels/$channelId" params={params} className={buttonClass()}>
            Cancel
          </Link>
        }
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
  const query = useChannelOnce(channelId)
  // What somebody else saves meanwhile must not take what is typed: it is refused when this is saved.
  const [channel, setChannel] = useState<Channel>()
  if (channel === undefined && query.data && !query.isFetching) setChannel(query.data)
  return channel?.id === channelId ? (
    <Edit channel={channel} />
  ) : (
    <Loaded query={query} what="the channel" skeleton={<SkeletonRows rows={6} className="h-13" />}>
      {() => <SkeletonRows rows={6} className="h-13" />}
    </Loaded>
  )
}
