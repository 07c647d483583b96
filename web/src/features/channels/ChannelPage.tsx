import { getRouteApi, Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useCan } from '@/api/client'
import type { Channel } from '@/api/types'
import { ChannelTestButton } from '@/components/ChannelTestButton'
import { EditLink } from '@/components/setUp/links'
import { DeleteButton, OneHeader, OnePage, PageFact } from '@/components/setUp/pages'
import { SigningSecret } from '@/components/SigningSecret'
import { NotAllowed } from '@/components/states'
import { Absolute } from '@/components/Time'
import { Unreached } from '@/components/Unreached'
import { Trouble } from '@/components/Trouble'
import { buttonClass } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { useChannel, useDeleteChannel, useRotateChannelSecret, useSendChannelTest } from '@/queries/channels'
import { useRecipients } from '@/queries/recipients'
import { ChannelBadge, ChannelSwitch, KindMark, severitiesWords } from './channelStatus'
import { formOf, whereTo } from './kinds/kinds'
import { hoursWords } from './quietHours'
import { LatestDeliveries } from './LatestDeliveries'
import { texts } from './texts'

const route = getRouteApi('/frame/channels/$channelId')

function Actions({ channel }: { channel: Channel }) {
  const remove = useDeleteChannel()
  if (!useCan('rules:write')) return null
  const names = (all: readonly { name: string }[]) => all.map((one) => one.name)
  const isUsed = channel.usedBy.length + channel.routedBy.length > 0
  return (
    <div className="flex flex-wrap items-center gap-2">
      <ChannelSwitch channel={channel} />
      <EditLink kind="channel" id={channel.id} />
      <DeleteButton
        kind="channel"
        one={channel}
        description={isUsed ? texts.actions.deleteUsed({ rules: names(channel.usedBy), routes: names(channel.routedBy) }) : texts.actions.deleteUnused}
        mutation={remove}
      />
    </div>
  )
}

/** Those of its recipients who have not agreed to its mail. */
function Silent({ addresses }: { addresses: readonly string[] }) {
  // The channel is of use without them.
  const { data: recipients = [] } = useRecipients()
  return (
    <ul className="mt-1 flex flex-col gap-1 text-13 empty:hidden">
      <Unreached addresses={addresses} recipients={recipients} />
    </ul>
  )
}

/** What its receiver answers. */
function Test({ channel: { id, name, type } }: { channel: Channel }) {
  const send = useSendChannelTest()
  if (!useCan('rules:write')) return null
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line px-4 py-3">
      {type === 'email' || type === 'on_call' ? <p className="text-13 text-text-3">{texts.test.none}</p> : <ChannelTestButton name={name} send={send} request={id} />}
    </div>
  )
}

/** Its signing secret: until when two sign, and another one. */
function Signature({ channel }: { channel: Channel }) {
  const { name, config } = channel
  const rotate = useRotateChannelSecret(channel)
  const mayWrite = useCan('rules:write')
  if (config.type !== 'webhook' || (!mayWrite && !config.oldSecret)) return null
  return (
    <div className="border-t border-line px-4 py-3">
      <SigningSecret whose={texts.signature.whatSends({ name })} old={config.oldSecret} rotate={rotate} secretOf={({ config }) => (config.type === 'webhook' ? (config.secret ?? undefined) : undefined)} />
    </div>
  )
}

function Where({ channel }: { channel: Channel }) {
  const { config, severities, quietHours, createdAt, updatedAt } = channel
  const kind = formOf(config.type)
  return (
    <Card title={texts.where.title} className="min-w-0 lg:flex-[1.6]">
      <dl className="flex flex-col gap-2 px-4 py-2">
        <PageFact label={texts.where.kind}>
          <KindMark type={config.type} />
        </PageFact>
        <PageFact label={texts.where.to}>
          {whereTo(config)}
          {kind.Now && <kind.Now shown={config} />}
          {config.type === 'email' && <Silent addresses={config.recipients} />}
        </PageFact>
        {kind.facts?.(config).map(([label, value]) => (
          <PageFact key={label} label={label}>
            {value}
          </PageFact>
        ))}
        <PageFact label={texts.where.tells}>{severitiesWords(severities)}</PageFact>
        {quietHours && (
          <PageFact label={texts.where.quietHours}>
            {hoursWords(quietHours)} <span className="text-13 text-text-3">{quietHours.timeZone}</span>
          </PageFact>
        )}
        <PageFact label={texts.where.created}>
          <Absolute at={createdAt} />
        </PageFact>
        {updatedAt !== createdAt && (
          <PageFact label={texts.where.changed}>
            <Absolute at={updatedAt} />
          </PageFact>
        )}
      </dl>
      <Signature channel={channel} />
      <Test channel={channel} />
    </Card>
  )
}

function UsedBy({ usedBy, routedBy }: Channel) {
  const mayWrite = useCan('rules:write')
  return (
    <Card title={texts.usedBy.title} className="min-w-0 lg:flex-1">
      {usedBy.length + routedBy.length === 0 ? (
        <div className="flex flex-col items-start gap-3 px-4 pb-4 text-13 text-text-3">
          <p>{texts.usedBy.none}</p>
          {mayWrite && (
            <Link to="/rules/new" className={buttonClass()}>
              <Plus aria-hidden className="size-4" />
              {texts.usedBy.newRule}
            </Link>
          )}
        </div>
      ) : (
        <ul aria-label={texts.usedBy.label} className="pb-2">
          {routedBy.map(({ id, name }) => (
            <li key={id} className="border-t border-line px-4 py-2 text-14 first:border-t-0">
              <Link to="/routing/$routeId" params={{ routeId: id }} className="break-words text-accent-text hover:underline">
                {name}
              </Link>
              <span className="text-13 text-text-3"> {texts.usedBy.route}</span>
            </li>
          ))}
          {usedBy.map(({ id, name }) => (
            <li key={id} className="border-t border-line px-4 py-2 text-14 first:border-t-0">
              <Link to="/rules/$ruleId" params={{ ruleId: id }} className="break-words text-accent-text hover:underline">
                {name}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Detail({ channel }: { channel: Channel }) {
  const mayReadLog = useCan('alerts:read')
  return (
    <>
      <OneHeader lead={<ChannelBadge channel={channel} />} name={channel.name} actions={<Actions channel={channel} />}>
        <Trouble receiver={channel} />
      </OneHeader>
      <div className="flex flex-col gap-4 lg:flex-row lg:items-start">
        <Where channel={channel} />
        <UsedBy {...channel} />
      </div>
      {mayReadLog && <LatestDeliveries channelId={channel.id} />}
    </>
  )
}

function ChannelById() {
  const { channelId } = route.useParams()
  return (
    <OnePage kind="channel" query={useChannel(channelId)} rows={4}>
      {(channel) => <Detail channel={channel} />}
    </OnePage>
  )
}

export function ChannelPage() {
  return useCan('rules:read') ? <ChannelById /> : <NotAllowed what={texts.page.what} permission="rules:read" />
}
