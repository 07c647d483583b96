import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { AlertRule } from '@/api/types'
import { announce } from '@/components/announcements'
import { CancelLink } from '@/components/setUp/links'
import { SigningSecretDialog } from '@/components/SigningSecretDialog'
import { SkeletonRows } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { parseEnd, SOURCES, TARGETS, type End } from '@/lib/accessEnds'
import { useName } from '@/queries/found'
import { useCreateRule, useRuleOnce, useRuleTemplates } from '@/queries/rules'
import { watching, type WatchSearch } from './accessTest'
import { isKnown } from './conditions/conditions'
import { texts } from './formTexts'
import { RuleForm } from './RuleForm'
import { createdSecret, newDraft, toRequest, type RuleDraft } from './ruleDraft'
import { copyOf } from './ruleDraftOf'
import { draftFrom } from './templates'

const route = getRouteApi('/frame/rules/new')

function Create({ initial }: { initial: RuleDraft }) {
  const navigate = route.useNavigate()
  const [created, setCreated] = useState<{ rule: AlertRule; secret: string } | null>(null)
  const create = useCreateRule()
  const toList = () => void navigate({ to: '/rules' })
  return (
    <>
      <RuleForm
        initial={initial}
        mutation={create}
        request={toRequest}
        action={texts.create.action}
        failed={texts.create.failed}
        cancel={<CancelLink kind="rule" />}
        onSuccess={(rule) => {
          announce(texts.create.ruleWatching({ name: rule.name }))
          const secret = createdSecret(rule)
          if (secret) setCreated({ rule, secret })
          else toList()
        }}
      />
      {created && <SigningSecretDialog whose={texts.create.webhook({ name: created.rule.name })} secret={created.secret} onClose={toList} />}
    </>
  )
}

function Copy({ id }: { id: string }) {
  return (
    <Loaded query={useRuleOnce(id)} what={texts.newRulePage.rule} skeleton={<SkeletonRows rows={6} className="h-13" />}>
      {(rule) => <Create key={rule.id} initial={copyOf(rule)} />}
    </Loaded>
  )
}

/** A rule that begins as a template. */
function FromTemplate({ id }: { id: string }) {
  return (
    <Loaded query={useRuleTemplates()} what={texts.fromTemplate.template} skeleton={<SkeletonRows rows={6} className="h-13" />}>
      {(templates) => {
        const template = templates.find((one) => one.id === id)
        return <Create initial={template ? draftFrom(template) : newDraft('peer_offline')} />
      }}
    </Loaded>
  )
}

interface WatchProps {
  asked: WatchSearch
  from: End
  to: End
}

/** A rule that watches an answer of the page that asks who reaches what. */
function Watch({ asked, from, to }: WatchProps) {
  const names = [useName(asked.of, from), useName(asked.of, to)] as const
  const [fromName, toName] = names
  if (fromName === undefined || toName === undefined) return <SkeletonRows rows={6} className="h-13" />
  return <Create initial={watching(asked, { end: from, name: fromName ?? from.id }, { end: to, name: toName ?? to.id })} />
}

export function NewRulePage() {
  const { condition, from, template, ...asked } = route.useSearch()
  const [source, target] = [parseEnd(asked.source, SOURCES), parseEnd(asked.target, TARGETS)]
  if (condition === 'access' && asked.of !== undefined && source && target) return <Watch {...{ asked }} from={source} to={target} />
  if (template !== undefined) return <FromTemplate key={template} id={template} />
  return from === undefined ? <Create initial={newDraft(isKnown(condition) ? condition : 'peer_offline')} /> : <Copy id={from} />
}
