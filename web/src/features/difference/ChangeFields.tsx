import { Plus } from 'lucide-react'
import type { FieldErrors } from '@/components/formErrors'
import { OnePicker } from '@/components/finder/OnePicker'
import { SeveralPicker } from '@/components/finder/SeveralPicker'
import { Button } from '@/components/ui/Button'
import { Checkbox, SelectField, TextField } from '@/components/ui/Field'
import { useName, type FoundKind, type Thing } from '@/queries/found'
import { SYSTEM_WORDS } from '@/components/difference/parts'
import { SYSTEMS } from '@/lib/tried'
import { newRule, type ChangeDraft, type RuleDraft } from './drafts'
import { RuleFields } from './RuleFields'
import { texts } from './texts'

export interface ChangeFieldsProps {
  draft: ChangeDraft
  accountId: string
  errors: FieldErrors
  change: (part: Partial<ChangeDraft>) => void
}

const PEERS = ['peer'] as const
const CHECKS = ['check'] as const

const of = <Kind extends FoundKind>(kind: Kind, ids: readonly string[]): Thing<Kind>[] => ids.map((id) => ({ kind, id }))
const idsOf = (things: readonly Thing[]): string[] => things.map(({ id }) => id)

interface WhatProps<Kind extends FoundKind> extends ChangeFieldsProps {
  kind: Kind
  label: string
  placeholder: string
}

/** What of the network the change is of. */
function What<Kind extends FoundKind>({ kind, label, placeholder, draft, accountId, errors, change }: WhatProps<Kind>) {
  return (
    <OnePicker
      {...{ label, placeholder }}
      kinds={[kind]}
      accountId={accountId}
      chosen={draft.id === undefined ? undefined : { kind, id: draft.id }}
      error={errors['/id']}
      onChoose={({ id }) => change({ id })}
    />
  )
}

function OnOrOff({ draft, change }: ChangeFieldsProps) {
  return (
    <SelectField label={texts.form.switch} value={draft.enabled ? 'on' : 'off'} onChange={(event) => change({ enabled: event.target.value === 'on' })}>
      <option value="off">{texts.form.off}</option>
      <option value="on">{texts.form.on}</option>
    </SelectField>
  )
}

function Members(props: ChangeFieldsProps) {
  const { draft, accountId, errors, change } = props
  const group = useName(accountId, draft.id === undefined ? undefined : { kind: 'group', id: draft.id })
  return (
    <>
      <What {...props} kind="group" label={texts.form.group} placeholder={texts.form.searchGroup} />
      <SeveralPicker label={texts.form.addPeers} placeholder={texts.form.searchPeers} kinds={PEERS} accountId={accountId} chosen={of('peer', draft.add)} error={errors['/add']} optional onChange={(add) => change({ add: idsOf(add) })} />
      <SeveralPicker
        label={texts.form.removePeers}
        placeholder={group ? texts.form.searchPeersOf({ group }) : texts.form.searchPeers}
        kinds={PEERS}
        accountId={accountId}
        group={group ?? undefined}
        chosen={of('peer', draft.remove)}
        error={errors['/remove']}
        optional
        onChange={(remove) => change({ remove: idsOf(remove) })}
      />
    </>
  )
}

function Policy({ draft, accountId, errors, change }: ChangeFieldsProps) {
  const changeRule = (at: number) => (part: Partial<RuleDraft>) => change({ rules: draft.rules.map((rule, index) => (index === at ? { ...rule, ...part } : rule)) })
  return (
    <>
      <TextField label={texts.form.name} maxLength={200} value={draft.name} error={errors['/name']} onChange={(event) => change({ name: event.target.value })} />
      {draft.rules.map((rule, index) => (
        <RuleFields
          key={index}
          {...{ rule, index, accountId, errors }}
          count={draft.rules.length}
          onChange={changeRule(index)}
          onRemove={() => change({ rules: draft.rules.filter((_, other) => other !== index) })}
        />
      ))}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button icon={Plus} onClick={() => change({ rules: [...draft.rules, newRule()] })}>
          {texts.form.addRule}
        </Button>
        <Checkbox label={texts.form.policyIsOn} checked={draft.enabled} onChange={(enabled) => change({ enabled })} />
      </div>
      <SeveralPicker
        label={texts.form.checks}
        hint={texts.form.mustPass}
        placeholder={texts.form.searchChecks}
        kinds={CHECKS}
        accountId={accountId}
        chosen={of('check', draft.checks)}
        optional
        onChange={(checks) => change({ checks: idsOf(checks) })}
      />
    </>
  )
}

/** The lowest versions that a posture check is to ask for. */
function Versions({ draft: { versions, keepsOthers }, errors, change }: ChangeFieldsProps) {
  const fields = [{ id: 'client' as const, label: texts.form.client, at: '/clientVersion' }, ...SYSTEMS.map((id) => ({ id, label: SYSTEM_WORDS[id], at: `/osVersion/${id}` }))]
  return (
    <fieldset>
      <legend className="text-13 font-medium">{texts.form.versions}</legend>
      <p className="mb-2 text-12 text-text-3">{texts.form.versionsHint}</p>
      <div className="grid gap-x-3 gap-y-1 @md:grid-cols-2">
        {fields.map(({ id, label, at }) => (
          <TextField key={id} label={label} optional maxLength={50} placeholder={texts.form.any} value={versions[id] ?? ''} error={errors[at]} onChange={(event) => change({ versions: { ...versions, [id]: event.target.value } })} />
        ))}
      </div>
      <Checkbox label={texts.form.keepsOthers} checked={keepsOthers} onChange={(keeps) => change({ keepsOthers: keeps })} />
    </fieldset>
  )
}

/** What there is to say of a change, by its kind. */
export function ChangeFields(props: ChangeFieldsProps) {
  switch (props.draft.choice) {
    case 'switch-policy':
      return (
        <>
          <What {...props} kind="policy" label={texts.form.policy} placeholder={texts.form.searchPolicy} />
          <OnOrOff {...props} />
        </>
      )
    case 'delete-policy':
      return <What {...props} kind="policy" label={texts.form.policy} placeholder={texts.form.searchPolicy} />
    case 'members':
      return <Members {...props} />
    case 'switch-router':
      return (
        <>
          <What {...props} kind="router" label={texts.form.router} placeholder={texts.form.searchRouter} />
          <OnOrOff {...props} />
        </>
      )
    case 'switch-resource':
      return (
        <>
          <What {...props} kind="resource" label={texts.form.resource} placeholder={texts.form.searchResource} />
          <OnOrOff {...props} />
        </>
      )
    case 'change-check':
      return (
        <>
          <What {...props} kind="check" label={texts.form.check} placeholder={texts.form.searchCheck} />
          <Versions {...props} />
        </>
      )
    case 'undo':
      return <What {...props} kind="change" label={texts.form.change} placeholder={texts.form.searchChange} />
    case 'new-policy':
    case 'change-policy':
      return <Policy {...props} />
  }
}
