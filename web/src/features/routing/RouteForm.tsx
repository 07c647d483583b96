import type { UseMutationResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { AlertRoute, AlertRouteInput } from '@/api/types'
import { ChannelChoices } from '@/components/ChannelChoices'
import { SeveralPicker } from '@/components/finder/SeveralPicker'
import { within, type FieldErrors } from '@/components/formErrors'
import { MatcherFields } from '@/components/MatcherFields'
import { NewChannelLink } from '@/components/NewChannelLink'
import { RequestFailure } from '@/components/RequestFailure'
import { Button } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { Checkbox, FieldMessage, TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { LIMITS, matchersIn, toRequest, validate, type RouteDraft } from './routeDraft'
import { RouteSentence } from './RouteSentence'
import { texts } from './texts'

interface Fields {
  draft: RouteDraft
  errors: FieldErrors
  change: (part: Partial<RouteDraft>) => void
}

const FIELDS = ['/name', '/matchers', '/channelIds']

const POINTERS = { ruleIds: '/matchers/ruleIds', severities: '/matchers/severities', accountIds: '/matchers/accountIds', groupIds: '/matchers/groupIds' } as const

function Groups({ draft, errors, change }: Fields) {
  const [accountId, ...others] = draft.accountIds
  if (accountId === undefined || others.length > 0) return <p className="text-13 text-text-3">{texts.groups.matchByGroupsToo}</p>
  return (
    <SeveralPicker
      label={texts.groups.groups}
      optional
      hint={texts.groups.groupsHint}
      placeholder={texts.groups.groupsPlaceholder}
      kinds={['group']}
      accountId={accountId}
      chosen={draft.groupIds.map((id) => ({ kind: 'group', id }))}
      error={within(errors, '/matchers/groupIds')}
      onChange={(groups) => change({ groupIds: groups.map(({ id }) => id) })}
    />
  )
}

function Which({ draft, errors, change }: Fields) {
  return (
    <Card title={texts.which.title} note={texts.which.note}>
      <div className="flex flex-col gap-4 p-4 pt-2">
        <MatcherFields
          matched={draft}
          errors={errors}
          // Groups are of one account.
          onChange={(part) => change({ ...part, ...(part.accountIds && { groupIds: [] }) })}
        >
          {draft.accountIds.length > 0 && <Groups {...{ draft, errors, change }} />}
        </MatcherFields>
        {errors['/matchers'] ? <FieldMessage>{errors['/matchers']}</FieldMessage> : <p className="text-12 text-text-3">{texts.which.whereNothingChosenAnything}</p>}
      </div>
    </Card>
  )
}

function Whom({ draft, errors, change }: Fields) {
  return (
    <Card title={texts.whom.title} action={<NewChannelLink />}>
      <div className="pt-1 pb-2 *:px-4">
        <ChannelChoices chosen={draft.channelIds} error={within(errors, '/channelIds')} onChange={(channelIds) => change({ channelIds })} />
        <p className="text-12 text-text-3">{texts.whom.besideChannelsRuleEach}</p>
      </div>
    </Card>
  )
}

interface RouteFormProps {
  initial: RouteDraft
  mutation: UseMutationResult<AlertRoute, Error, AlertRouteInput>
  onSuccess: (route: AlertRoute) => void
  /** What the button does, in words. */
  action: string
  failed: string
  /** The way out. */
  cancel: ReactNode
}

/** A route that is made, or changed. */
export function RouteForm({ initial, mutation, onSuccess, action, failed, cancel }: RouteFormProps) {
  const { form, ...fields } = useForm({ initial, validate, mutation, request: toRequest, pointers: POINTERS, onSuccess })
  const { draft, errors, change } = fields
  const wrong = Object.keys(errors).length
  return (
    <form {...form} className="flex flex-col gap-4 lg:flex-row-reverse lg:items-start">
      <div className="max-lg:sticky max-lg:top-15 max-lg:z-10 lg:sticky lg:top-18 lg:w-96">
        <Card title={texts.routeForm.title}>
          <p aria-live="polite" className="px-4 pt-1 pb-4 text-16 wrap-anywhere max-sm:pb-3 max-sm:text-14">
            <RouteSentence route={{ matchers: matchersIn(draft), channelIds: [...draft.channelIds] }} />
          </p>
        </Card>
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-4">
        <RequestFailure error={mutation.error} title={failed} fields={FIELDS} />
        <Which {...fields} />
        <Whom {...fields} />
        <Card title={texts.routeForm.aboutRoute}>
          <div className="flex flex-col gap-4 p-4 pt-2">
            <TextField label={texts.routeForm.name} maxLength={LIMITS.name} placeholder={texts.routeForm.namePlaceholder} value={draft.name} error={errors['/name']} onChange={(event) => change({ name: event.target.value })} />
            <Checkbox label={texts.routeForm.switchedOn} checked={draft.enabled} onChange={(enabled) => change({ enabled })} />
          </div>
        </Card>
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" variant="primary" busy={mutation.isPending}>
            {action}
          </Button>
          {cancel}
          <p role="status" className="text-13 text-bad-text">
            {wrong > 0 && texts.routeForm.correct({ wrong })}
          </p>
        </div>
      </div>
    </form>
  )
}
