import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { limits } from '@/api/__generated__/limits'
import { useCan } from '@/api/client'
import type { AlertRule, AppliedRuleTemplates, RuleTemplate } from '@/api/types'
import { announce } from '@/components/announcements'
import type { FieldErrors } from '@/components/formErrors'
import { GroupPicker } from '@/components/GroupPicker'
import { RequestFailure } from '@/components/RequestFailure'
import { Bone } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { Button, buttonClass } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { SelectField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { useAccounts } from '@/queries/accounts'
import { useApplyTemplates, useRules, useRuleTemplates } from '@/queries/rules'
import { SharedChannels } from './SharedChannels'
import { TemplateCard } from './TemplateCard'
import { needsGroups, pickedOf, pickFor, ruleOf } from './templates'
import { texts } from './texts'

const route = getRouteApi('/frame/rules/templates')

/** What all of the rules have in common. */
interface Draft {
  groups: string[]
  accountId: string
  channelIds: string[]
}

const FIELDS = ['/groups', '/accountId', '/channelIds']

const MOST = limits.ApplyRuleTemplates

function wrong({ groups, channelIds }: Draft, picked: readonly RuleTemplate[]): FieldErrors {
  const errors: Record<string, string> = {}
  const unnamed = picked.filter(needsGroups)
  if (groups.length === 0 && unnamed.length > 0) errors['/groups'] = texts.ruleTemplatesPage.nameGroups({ templates: unnamed.map(({ name }) => name) })
  if (groups.length > MOST.groups.maxItems) errors['/groups'] = texts.ruleTemplatesPage.atMostGroups({ maxItems: MOST.groups.maxItems })
  if (channelIds.length > MOST.channelIds.maxItems) errors['/channelIds'] = texts.ruleTemplatesPage.atMostChannels({ maxItems: MOST.channelIds.maxItems })
  return errors
}

function words({ created, skipped }: AppliedRuleTemplates): string {
  const there = skipped.length > 0 ? texts.words.wereThere({ rules: skipped.map(({ name }) => name) }) : ''
  if (created.length === 0) return there
  const [one] = created
  return `${one && created.length === 1 ? texts.words.isWatching({ name: one.name }) : texts.words.areWatching({ rules: created.length })} ${there}`.trim()
}

interface CardsProps {
  title: string
  note?: string
  templates: readonly RuleTemplate[]
  rules: readonly AlertRule[]
  picked: readonly RuleTemplate[]
  onPick: (id: string, picked: boolean) => void
}

function Cards({ title, note, templates, rules, picked, onPick }: CardsProps) {
  if (templates.length === 0) return null
  return (
    <section aria-label={title}>
      <h2 className="text-14 font-semibold">{title}</h2>
      {note && <p className="text-13 text-text-2">{note}</p>}
      <ul className="mt-2 grid gap-3 xl:grid-cols-2">
        {templates.map((template) => (
          <TemplateCard key={template.id} template={template} rule={ruleOf(template, rules)} isPicked={picked.includes(template)} onPick={(on) => onPick(template.id, on)} />
        ))}
      </ul>
    </section>
  )
}

interface ChooseProps {
  templates: readonly RuleTemplate[]
  rules: readonly AlertRule[]
}

function Choose({ templates, rules }: ChooseProps) {
  const { pick } = route.useSearch()
  const navigate = route.useNavigate()
  const { data: accounts = [] } = useAccounts(useCan('accounts:read'))
  const apply = useApplyTemplates()
  const picked = pickedOf(templates, rules, pick)
  // Of what is asked for: the same is not made twice when its answer was lost.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const initial: Draft = { groups: [], accountId: '', channelIds: [] }
  const { form, draft, errors, change, busy } = useForm({
    initial,
    validate: (now: Draft) => wrong(now, picked),
    mutation: apply,
    request: ({ groups, accountId, channelIds }: Draft) => ({
      key,
      templateIds: picked.map(({ id }) => id),
      ...(accountId && { accountId }),
      ...(channelIds.length > 0 && { channelIds }),
      ...(picked.some(needsGroups) && { groups }),
    }),
    onSuccess: (result) => {
      announce(words(result))
      void navigate({ to: '/rules' })
    },
  })
  const alter = (part: Partial<Draft>) => {
    change(part)
    setKey(crypto.randomUUID())
  }
  const onPick = (id: string, on: boolean) => {
    setKey(crypto.randomUUID())
    apply.reset()
    void navigate({
      // Of the address as it then is: another may have been picked since this was drawn.
      search: (before) => {
        const ids = pickedOf(templates, rules, before.pick).map((template) => template.id).filter((other) => other !== id)
        const next = pickFor(templates, rules, on ? [...ids, id] : ids)
        return next ? { pick: next } : {}
      },
      replace: true,
      resetScroll: false,
    })
  }
  const several = { rules, picked, onPick }
  return (
    <form {...form} className="flex flex-col gap-4 lg:flex-row lg:items-start">
      <div className="flex min-w-0 flex-1 flex-col gap-6">
        <Cards title={texts.choose.title} note={texts.choose.note} templates={templates.filter(({ recommended }) => recommended)} {...several} />
        <Cards title={texts.choose.moreStartFrom} templates={templates.filter(({ recommended }) => !recommended)} {...several} />
      </div>
      <div className="flex min-w-0 flex-col gap-4 max-lg:contents lg:sticky lg:top-18 lg:w-96">
        <Card title={texts.choose.forAllThem}>
          <div className="flex flex-col gap-4 p-4 pt-2">
            {picked.some(needsGroups) && (
              <GroupPicker
                label={texts.choose.peersTheseGroups}
                hint={texts.choose.peersTheseGroupsHint}
                accountId={draft.accountId || undefined}
                values={draft.groups}
                error={errors['/groups']}
                onChange={(groups) => alter({ groups })}
              />
            )}
            {accounts.length > 1 && (
              <SelectField label={texts.choose.account} value={draft.accountId} error={errors['/accountId']} onChange={(event) => alter({ accountId: event.target.value })}>
                <option value="">{texts.choose.eachAccountByItself}</option>
                {accounts.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </SelectField>
            )}
            <SharedChannels chosen={draft.channelIds} error={errors['/channelIds']} onChange={(channelIds) => alter({ channelIds })} />
            {draft.channelIds.length === 0 && <p className="text-13 text-text-2">{texts.choose.withoutChannelNobodyTold}</p>}
          </div>
        </Card>
        <RequestFailure error={apply.error} title={texts.choose.failed} fields={FIELDS} />
        <div className="flex flex-wrap items-center gap-3 max-lg:sticky max-lg:bottom-0 max-lg:z-20 max-lg:-mx-3 max-lg:border-t max-lg:border-line max-lg:bg-surface-1 md:max-lg:-mx-5 max-lg:p-3 max-lg:pb-[max(0.75rem,env(safe-area-inset-bottom))]">
          <Button type="submit" variant="primary" busy={busy} disabled={picked.length === 0} className="max-sm:flex-1">
            {picked.length === 0 ? texts.choose.chooseTemplate : texts.choose.create({ picked: picked.length })}
          </Button>
          <Link to="/rules" className={buttonClass()}>
            {texts.choose.cancel}
          </Link>
        </div>
      </div>
    </form>
  )
}

function Skeleton() {
  return (
    <div className="grid gap-3 lg:mr-100 xl:grid-cols-2">
      {Array.from({ length: 8 }, (_, index) => (
        <Bone key={index} className="h-44" />
      ))}
    </div>
  )
}

export function RuleTemplatesPage() {
  const templates = useRuleTemplates()
  const rules = useRules()
  return (
    <Loaded query={templates} what={texts.ruleTemplatesPage.templates} skeleton={<Skeleton />}>
      {(all) => (
        // What is there already decides what is ticked.
        <Loaded query={rules} what={texts.ruleTemplatesPage.rules} skeleton={<Skeleton />}>
          {(there) => <Choose templates={all} rules={there} />}
        </Loaded>
      )}
    </Loaded>
  )
}
