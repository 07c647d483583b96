import { getRouteApi, Link } from '@tanstack/react-router'
import { useCan } from '@/api/client'
import type { AlertRoute } from '@/api/types'
import { channelLook } from '@/components/channels'
import { EditLink } from '@/components/setUp/links'
import { DeleteButton, OneHeader, OnePage } from '@/components/setUp/pages'
import { NotAllowed } from '@/components/states'
import { Absolute } from '@/components/Time'
import { Badge } from '@/components/ui/Badge'
import { Card } from '@/components/ui/Card'
import { phrase } from '@/lib/phrase'
import { useAlertRoute, useDeleteAlertRoute } from '@/queries/alertRoutes'
import { useChannels } from '@/queries/channels'
import { RouteSentence } from './RouteSentence'
import { RouteSwitch } from './RouteSwitch'
import { texts } from './texts'

const route = getRouteApi('/frame/routing/$routeId')

function Actions({ shown }: { shown: AlertRoute }) {
  const remove = useDeleteAlertRoute()
  const toSwitch = <RouteSwitch route={shown} />
  if (!useCan('rules:write')) return toSwitch
  return (
    <div className="flex flex-wrap items-center gap-2">
      {toSwitch}
      <EditLink kind="route" id={shown.id} />
      <DeleteButton
        kind="route"
        one={shown}
        description={texts.actions.description}
        mutation={remove}
      />
    </div>
  )
}

function Told({ channelIds }: Pick<AlertRoute, 'channelIds'>) {
  const { data: channels, isError } = useChannels()
  return (
    <Card title={texts.told.title} className="min-w-0 lg:flex-1">
      <ul aria-label={texts.told.channelsTells} className="pb-2">
        {channelIds.map((id) => {
          const channel = channels?.find((one) => one.id === id)
          const { title, icon: Icon } = channelLook(channel?.config.type ?? '')
          return (
            <li key={id} className="flex items-start gap-3 border-t border-line px-4 py-2 text-14 first:border-t-0">
              {channel && <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-text-3" />}
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-2">
                  <Link to="/channels/$channelId" params={{ channelId: id }} className="min-w-0 wrap-anywhere text-accent-text hover:underline">
                    {channel?.name ?? texts.told.channel}
                  </Link>
                  {channel && !channel.enabled && <Badge tone="muted">{texts.told.off}</Badge>}
                </p>
                {channel && <p className="text-13 text-text-3">{title}</p>}
              </div>
            </li>
          )
        })}
      </ul>
      {isError && !channels && <p className="px-4 pb-3 text-13 text-text-3">{texts.told.namesChannelsCouldNot}</p>}
    </Card>
  )
}

function Detail({ shown }: { shown: AlertRoute }) {
  return (
    <>
      <OneHeader name={shown.name} actions={<Actions shown={shown} />} />
      <div className="flex flex-col gap-4 lg:flex-row lg:items-start">
        <Card title={texts.detail.title} className="min-w-0 lg:flex-[1.6]">
          <p className="px-4 pt-1 text-16 wrap-anywhere">
            <RouteSentence route={shown} />
          </p>
          <p className="px-4 pt-3 pb-4 text-13 text-text-3">
            {phrase(texts.detail.created, { when: <Absolute at={shown.createdAt} /> })}
            {shown.updatedAt !== shown.createdAt && (
              <>
                {phrase(texts.detail.changed, { when: <Absolute at={shown.updatedAt} /> })}
              </>
            )}
          </p>
        </Card>
        <Told channelIds={shown.channelIds} />
      </div>
    </>
  )
}

function RouteById() {
  const { routeId } = route.useParams()
  return (
    <OnePage kind="route" query={useAlertRoute(routeId)} rows={4}>
      {(shown) => <Detail shown={shown} />}
    </OnePage>
  )
}

export function RoutePage() {
  return useCan('rules:read') ? <RouteById /> : <NotAllowed what={texts.routePage.routesAlerts} permission="rules:read" />
}
