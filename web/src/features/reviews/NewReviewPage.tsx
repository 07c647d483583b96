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
import { grouped } from '@/lib/numbers'
import { useCreateReview } from '@/queries/reviews'

const route = getRouteApi('/frame/access/reviews/new')

const { name: NAME, note: NOTE, groupIds: GROUPS, resourceIds: RESOURCES } = limits.AccessReviewInput

interface Draft {
  name: string
  note: string
  groupIds: string[]
  resourceIds: string[]
}

const tooMany = (most: number) => `At most ${grouped(most)}. Make a second review for the others.`

function wrong({ name, groupIds, resourceIds }: Draft): Record<string, string> {
  return {
    ...(name.trim() === '' && { '/name': 'Give it a name.' }),
    ...(groupIds.length + resourceIds.length === 0 && { '/groupIds': 'Choose a group or a resource.' }),
    ...(groupIds.length > GROUPS.maxItems && { '/groupIds': tooMany(GROUPS.maxItems) }),
    ...(resourceIds.length > RESOURCES.maxItems && { '/resourceIds': tooMany(RESOURCES.maxItems) }),
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
      announce(`“${name}” was created.`)
      void navigate({ to: '/access/reviews/$reviewId', params: { reviewId: id } })
    },
  })
  const ids = (things: readonly { id: string }[]) => things.map(({ id }) => id)
  // What is wrong with one of them stands at their field.
  const errorAt = (field: string) => Object.entries(errors).find(([pointer]) => pointer === field || pointer.startsWith(`${field}/`))?.[1]
  return (
    <form {...form} className="flex flex-col gap-3">
      <RequestFailure error={failure} title="The review was not created" fields={['/name', '/note', '/groupIds', '/resourceIds']} />
      <TextField label="Name" maxLength={NAME.maxLength} placeholder="Databases, fourth quarter" {...text('name')} />
      <SeveralPicker
        label="Groups"
        hint="Who can reach their peers."
        placeholder="Search groups"
        kinds={['group'] as const}
        accountId={accountId}
        chosen={draft.groupIds.map((id) => ({ kind: 'group' as const, id }))}
        error={errorAt('/groupIds')}
        onChange={(things) => change({ groupIds: ids(things) })}
      />
      <SeveralPicker
        label="Network resources"
        placeholder="Search resources"
        kinds={['resource'] as const}
        accountId={accountId}
        chosen={draft.resourceIds.map((id) => ({ kind: 'resource' as const, id }))}
        error={errorAt('/resourceIds')}
        optional
        // The API says at the groups that nothing is chosen at all.
        onChange={(things) => change({ resourceIds: ids(things), groupIds: draft.groupIds })}
      />
      <TextAreaField label="Note" optional maxLength={NOTE.maxLength} hint="What it is for, and who should look at it." value={draft.note} error={errors['/note']} onChange={(event) => change({ note: event.target.value })} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={busy}>
          Create review
        </Button>
        <Link to="/access/reviews" className={buttonClass()}>
          Cancel
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
      <NothingSynced icon={FileCheck} title="Nothing to review yet">
        Connect a NetBird account to write down who can reach what.
      </NothingSynced>
    )
  }
  return (
    <Card title="What to write down" className="max-w-2xl">
      <div className="flex flex-col gap-3 px-4 pt-1 pb-4">
        <p className="text-13 text-text-2">Who can reach these groups and resources now, by which rule, and when that was last changed and by whom. What is written down stays as it is, also when the network changes.</p>
        <Loaded query={query} what="the accounts" skeleton={<PageSkeleton rows={3} />}>
          {() => (
            <>
              {accounts.length > 1 && (
                <SelectField label="Account" value={accountId} onChange={(event) => void navigate({ search: { of: event.target.value }, replace: true })}>
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
