import { getRouteApi, Link } from '@tanstack/react-router'
import { FileCheck } from 'lucide-react'
import { useState } from 'react'
import { limits } from '@/api/__generated__/limits'
import type { AccessReview, AccessReviewInput } from '@/api/types'
import { announce } from '@/components/announcements'
import { SeveralPicker } from '@/components/finder/SeveralPicker'
import { NothingSynced } from '@/components/NothingSynced'
import { RequestFailure } from '@/components/RequestFailure'
import { PageSkeleton } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { Button, buttonClass } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { SelectField, TextAreaField, TextField } from '@/components/ui/Field'
import { useAskedAccount } from '@/components/useAskedAccount'
import { useForm } from '@/components/useForm'
import { useCreateReview } from '@/queries/reviews'
import { texts } from './texts'

const route = getRouteApi('/frame/access/reviews/new')

const { name: NAME, note: NOTE, groupIds: GROUPS, resourceIds: RESOURCES } = limits.AccessReviewInput

interface Draft {
  name: string
  note: string
  groupIds: string[]
  resourceIds: string[]
}


function wrong({ name, groupIds, resourceIds }: Draft): Record<string, string> {
  return {
    ...(name.trim() === '' && { '/name': texts.form.giveName }),
    ...(groupIds.length + resourceIds.length === 0 && { '/groupIds': texts.form.choose }),
    ...(groupIds.length > GROUPS.maxItems && { '/groupIds': texts.form.tooMany({ most: GROUPS.maxItems }) }),
    ...(resourceIds.length > RESOURCES.maxItems && { '/resourceIds': texts.form.tooMany({ most: RESOURCES.maxItems }) }),
  }
}

const chosenFirst = (about: string | undefined, kind: string): string[] => (about?.startsWith(`${kind}:`) ? [about.slice(kind.length + 1)] : [])

function Form({ accountId }: { accountId: string }) {
  const { about } = route.useSearch()
  const navigate = route.useNavigate()
  const create = useCreateReview()
  // Of what is sent: the same review is not made twice when its answer was lost.
  const [sent, setSent] = useState({ body: '', key: '' })
  const { draft, change, errors, busy, failure, form, text } = useForm<Draft, { key: string; body: AccessReviewInput }, AccessReview>({
    initial: { name: '', note: '', groupIds: chosenFirst(about, 'group'), resourceIds: chosenFirst(about, 'resource') },
    validate: wrong,
    mutation: create,
    request: ({ name, note, groupIds, resourceIds }) => {
      const body = { accountId, name: name.trim(), note: note.trim(), groupIds, resourceIds }
      const written = JSON.stringify(body)
      const key = written === sent.body ? sent.key : crypto.randomUUID()
      setSent({ body: written, key })
      return { key, body }
    },
    onSuccess: ({ id, name }) => {
      announce(texts.form.created({ name }))
      void navigate({ to: '/access/reviews/$reviewId', params: { reviewId: id } })
    },
  })
  const ids = (things: readonly { id: string }[]) => things.map(({ id }) => id)
  // What is wrong with one of them stands at their field.
  const errorAt = (field: string) => Object.entries(errors).find(([pointer]) => pointer === field || pointer.startsWith(`${field}/`))?.[1]
  return (
    <form {...form} className="flex flex-col gap-3">
      <RequestFailure error={failure} title={texts.form.notCreated} fields={['/name', '/note', '/groupIds', '/resourceIds']} />
      <TextField label={texts.list.name} maxLength={NAME.maxLength} placeholder={texts.form.nameExample} {...text('name')} />
      <SeveralPicker
        label={texts.form.groups}
        hint={texts.form.groupsHint}
        placeholder={texts.form.searchGroups}
        kinds={['group'] as const}
        accountId={accountId}
        chosen={draft.groupIds.map((id) => ({ kind: 'group' as const, id }))}
        error={errorAt('/groupIds')}
        onChange={(things) => change({ groupIds: ids(things) })}
      />
      <SeveralPicker
        label={texts.form.resources}
        placeholder={texts.form.searchResources}
        kinds={['resource'] as const}
        accountId={accountId}
        chosen={draft.resourceIds.map((id) => ({ kind: 'resource' as const, id }))}
        error={errorAt('/resourceIds')}
        optional
        // The API says at the groups that nothing is chosen at all.
        onChange={(things) => change({ resourceIds: ids(things), groupIds: draft.groupIds })}
      />
      <TextAreaField label={texts.form.note} optional maxLength={NOTE.maxLength} hint={texts.form.noteHint} value={draft.note} error={errors['/note']} onChange={(event) => change({ note: event.target.value })} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={busy}>
          {texts.form.create}
        </Button>
        <Link to="/access/reviews" className={buttonClass()}>
          {texts.form.cancel}
        </Link>
      </div>
    </form>
  )
}

/** Writes down who can reach some groups and resources now. */
export function NewReviewPage() {
  const { of } = route.useSearch()
  const navigate = route.useNavigate()
  const { query, accounts, accountId, hasNone } = useAskedAccount(of)
  if (hasNone) {
    return (
      <NothingSynced icon={FileCheck} title={texts.form.nothingToReview}>
        {texts.form.connect}
      </NothingSynced>
    )
  }
  return (
    <Card title={texts.form.title} className="max-w-2xl">
      <div className="flex flex-col gap-3 px-4 pt-1 pb-4">
        <p className="text-13 text-text-2">{texts.form.about}</p>
        <Loaded query={query} what={texts.accounts} skeleton={<PageSkeleton rows={3} />}>
          {() => (
            <>
              {accounts.length > 1 && (
                <SelectField label={texts.list.account} value={accountId} onChange={(event) => void navigate({ search: { of: event.target.value }, replace: true })}>
                  {accounts.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </SelectField>
              )}
              {/* Another account has other groups. */}
              {accountId !== undefined && <Form key={accountId} accountId={accountId} />}
            </>
          )}
        </Loaded>
      </div>
    </Card>
  )
}
