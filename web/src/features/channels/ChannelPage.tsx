import { getRouteApi, Link } from '@tanstack/react-router'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useCan } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { Channel } from '@/api/types'
import { announce } from '@/components/announcements'
import { ChannelTestButton } from '@/components/ChannelTestButton'
import { ConfirmDialog } from '@/components/ConfirmDialog'
import { NoSuch } from '@/components/NoSuch'
import { usePageName } from '@/components/pageName'
import { PageSkeleton } from '@/components/Skeleton'
import { SigningSecret } from '@/components/SigningSecret'
import { Loaded, NotAllowed } from '@/components/states'
import { Absolute } from '@/components/Time'
import { Unreached } from '@/components/Unreached'
import { Trouble } from '@/components/Trouble'
import { Button, buttonClass } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { listed, plural } from '@/lib/numbers'
import { useChannel, useDeleteChannel, useRotateChannelSecret, useSendChannelTest } from '@/queries/channels'
import { useRecipients } from '@/queries/recipients'
import { ChannelBadge, ChannelSwitch, KindMark, severitiesWords } from './channelStatus'
import { formOf, whereTo } from './kinds/kinds'
import { LatestDeliveries } from './LatestDeliveries'

const route = getRouteApi('/frame/channels/$channelId')

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-2 text-14 sm:grid-cols-[8rem_1fr]">
      <dt className="text-text-3">{label}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  )
}

function Delete({ channel: { id, name, usedBy }, onClose }: { channel: Channel; onClose: () => void }) {
  const navigate = route.useNavigate()
  return (
    <ConfirmDialog
      title={`Delete “${name}”?`}
      description={usedBy.length === 0 ? 'Nothing is sent to it any more, and its keys are forgotten.' : `${plural(usedBy.length, 'rule uses', 'rules use')} it: ${listed(usedBy.map((rule) => rule.name))}. Take it out of ${usedBy.length === 1 ? 'that rule' : 'those rules'} first.`}
      action={`Delete “${name}”`}
      keep="Keep it"
      failed="The channel was not deleted"
      mutation={useDeleteChannel()}
      request={id}
      onDone={() => {
        announce(`Channel “${name}” was deleted.`)
        void navigate({ to: '/channels' })
      }}
      onClose={onClose}
    />
  )
}

function Actions({ channel }: { channel: Channel }) {
  const [asks, setAsks] = useState(false)
  if (!useCan('rules:write')) return null
  return (
    <div className="flex flex-wrap items-center gap-2">
      <ChannelSwitch channel={channel} />
      <Link to="/channels/$channelId/edit" params={{ channelId: channel.id }} className={buttonClass('primary')}>
        <Pencil aria-hidden className="size-4" />
        Edit
      </Link>
      <Button icon={Trash2} onClick={() => setAsks(true)}>
        Delete
      </Button>
      {asks && <Delete channel={channel} onClose={() => setAsks(false)} />}
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
      {type === 'email' || type === 'on_call' ? <p className="text-13 text-text-3">No test can be sent: mail has no answer to show.</p> : <ChannelTestButton name={name} send={send} request={id} />}
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
      <SigningSecret whose={`What “${name}” sends`} old={config.oldSecret} rotate={rotate} secretOf={({ config }) => (config.type === 'webhook' ? (config.secret ?? undefined) : undefined)} />
    </div>
  )
}

function Where({ channel }: { channel: Channel }) {
  const { config, severities, createdAt, updatedAt } = channel
  const kind = formOf(config.type)
  return (
    <Card title="Where it leads" className="min-w-0 lg:flex-[1.6]">
      <dl className="flex flex-col gap-2 px-4 py-2">
        <Fact label="Kind">
          <KindMark type={config.type} />
        </Fact>
        <Fact label="To">
          {whereTo(config)}
          {kind.Now && <kind.Now shown={config} />}
          {config.type === 'email' && <Silent addresses={config.recipients} />}
        </Fact>
        {kind.facts?.(config).map(([label, value]) => (
          <Fact key={label} label={label}>
            {value}
          </Fact>
        ))}
        <Fact label="Tells of">{severitiesWords(severities)}</Fact>
        <Fact label="Created">
          <Absolute at={createdAt} />
        </Fact>
        {updatedAt !== createdAt && (
          <Fact label="Changed">
            <Absolute at={updatedAt} />
          </Fact>
        )}
      </dl>
      <Signature channel={channel} />
      <Test channel={channel} />
    </Card>
  )
}

function UsedBy({ usedBy }: Channel) {
  const mayWrite = useCan('rules:write')
  return (
    <Card title="Used by" className="min-w-0 lg:flex-1">
      {usedBy.length === 0 ? (
        <div className="flex flex-col items-start gap-3 px-4 pb-4 text-13 text-text-3">
          <p>No rule uses it yet: choose it in a rule’s form, under “Who is notified”.</p>
          {mayWrite && (
            <Link to="/rules/new" className={buttonClass()}>
              <Plus aria-hidden className="size-4" />
              New rule
            </Link>
          )}
        </div>
      ) : (
        <ul aria-label="Rules that use it" className="pb-2">
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
      <div className="mb-4 flex flex-wrap items-start gap-4">
        <div className="min-w-0 flex-1 max-sm:basis-full">
          <ChannelBadge channel={channel} />
          <h2 className="mt-2 text-20 font-semibold break-words">{channel.name}</h2>
          <Trouble receiver={channel} />
        </div>
        <Actions channel={channel} />
      </div>
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
  const query = useChannel(channelId)
  usePageName(query.data?.name)
  if (hasSlug(query.error, 'not-found')) {
    return (
      <NoSuch what="channel" to="/channels">
        It was deleted, or is of another tenant.
      </NoSuch>
    )
  }
  return (
    <Loaded query={query} what="the channel" skeleton={<PageSkeleton rows={4} />}>
      {(channel) => <Detail channel={channel} />}
    </Loaded>
  )
}

export function ChannelPage() {
  return useCan('rules:read') ? <ChannelById /> : <NotAllowed what="channels" permission="rules:read" />
}
