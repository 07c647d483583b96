import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { AccessChange } from '@/api/types'
import { OnePicker } from '@/components/finder/OnePicker'
import { focusFirstInvalid, type FieldErrors } from '@/components/formErrors'
import { Bone } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { Button } from '@/components/ui/Button'
import { holdsChanges, unsaved } from '@/components/unsaved'
import type { Choice } from '@/lib/tried'
import { allPolicies } from '@/queries/found'
import { ChangeFields } from './ChangeFields'
import { CHOICE_LOOKS } from '@/components/difference/choices'
import { draftOf, newDraft, policyDraft, toChange, wrong, type ChangeDraft } from './drafts'
import { texts } from './texts'

interface FrameProps {
  choice: Choice
  children: React.ReactNode
}

/** A card of the list that is being written. */
function Frame({ choice, children }: FrameProps) {
  const { icon: Icon, title } = CHOICE_LOOKS[choice]
  return (
    <section aria-label={title} className="@container rounded-lg border border-accent-text bg-surface-1 p-3">
      <h2 className="mb-3 flex items-center gap-2.5 text-14 font-semibold">
        <Icon aria-hidden className="size-4 shrink-0 text-text-3" />
        {title}
      </h2>
      {children}
    </section>
  )
}

interface ChangeFormProps {
  initial: ChangeDraft
  accountId: string
  action: string
  onDone: (change: AccessChange) => void
  onCancel: () => void
}

function ChangeForm({ initial, accountId, action, onDone, onCancel }: ChangeFormProps) {
  const [draft, setDraft] = useState(initial)
  const [errors, setErrors] = useState<FieldErrors>({})
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, select')?.focus()
  }, [])
  return (
    <Frame choice={draft.choice}>
      <form
        ref={form}
        noValidate
        data-steady
        className="flex flex-col gap-1"
        {...unsaved(holdsChanges(draft, initial))}
        onSubmit={(event) => {
          event.preventDefault()
          const found = wrong(draft)
          setErrors(found)
          if (Object.keys(found).length > 0) focusFirstInvalid(event.currentTarget)
          else onDone(toChange(draft))
        }}
      >
        <ChangeFields
          {...{ draft, accountId, errors }}
          change={(part) => {
            const next = { ...draft, ...part }
            setDraft(next)
            // What was wrong and is mended says so at once; what is not written yet is not found fault with.
            const still = wrong(next)
            setErrors((before) => Object.fromEntries(Object.entries(before).filter(([pointer]) => still[pointer] !== undefined)))
          }}
        />
        <div className="mt-2 flex flex-wrap gap-2">
          <Button type="submit" variant="primary">
            {action}
          </Button>
          <Button onClick={onCancel}>{texts.form.cancel}</Button>
        </div>
      </form>
    </Frame>
  )
}

interface ChoosePolicyProps {
  accountId: string
  error?: string
  onChoose: (id: string) => void
  onCancel: () => void
}

/** Which policy is to be changed: its form begins with what it says now. */
function ChoosePolicy({ accountId, error, onChoose, onCancel }: ChoosePolicyProps) {
  return (
    <Frame choice="change-policy">
      <OnePicker label={texts.form.policy} placeholder={texts.form.searchPolicy} kinds={['policy']} accountId={accountId} chosen={undefined} error={error} onChoose={({ id }) => onChoose(id)} />
      <Button className="mt-3" onClick={onCancel}>
        {texts.form.cancel}
      </Button>
    </Frame>
  )
}

interface ExistingPolicyProps extends Omit<ChangeFormProps, 'initial'> {
  id: string
  onChoose: (id: string) => void
}

function ExistingPolicy({ id, onChoose, ...form }: ExistingPolicyProps) {
  const query = useQuery(allPolicies(form.accountId))
  return (
    <Loaded
      query={query}
      what={texts.form.thePolicy}
      skeleton={
        <Frame choice="change-policy">
          <Bone className="h-64 w-full" />
        </Frame>
      }
    >
      {({ items }) => {
        const policy = items.find((one) => one.id === id)
        if (!policy) return <ChoosePolicy {...form} onChoose={onChoose} error={texts.form.policyGone} />
        // An answer names the first ten: what is put in its place would lose the others.
        if (policy.sourcePostureChecksCount > policy.sourcePostureChecks.length) {
          return <ChoosePolicy {...form} onChoose={onChoose} error={texts.form.policyTooLarge(policy)} />
        }
        return <ChangeForm {...form} initial={policyDraft(policy)} />
      }}
    </Loaded>
  )
}

interface EditorProps extends Omit<ChangeFormProps, 'initial' | 'action'> {
  choice: Choice
  about: string | undefined
  onAbout: (about: string) => void
}

/** What is being added to the list. */
export function AddForm({ choice, about, onAbout, ...form }: EditorProps) {
  const action = texts.form.add
  if (choice !== 'change-policy') return <ChangeForm {...form} action={action} initial={newDraft(choice, about)} />
  const onChoose = (id: string) => onAbout(`policy:${id}`)
  const id = about?.startsWith('policy:') ? about.slice('policy:'.length) : undefined
  return id === undefined ? <ChoosePolicy {...form} onChoose={onChoose} /> : <ExistingPolicy {...form} action={action} id={id} onChoose={onChoose} />
}

/** A change of the list that is being changed. */
export const EditForm = ({ change, ...form }: Omit<ChangeFormProps, 'initial' | 'action'> & { change: AccessChange }) => <ChangeForm {...form} action={texts.form.save} initial={draftOf(change)} />
