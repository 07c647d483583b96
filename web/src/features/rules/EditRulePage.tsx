import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { AlertRule } from '@/api/types'
import { announce } from '@/components/announcements'
import { CancelLink } from '@/components/setUp/links'
import { AsOpened } from '@/components/setUp/pages'
import { SigningSecretDialog } from '@/components/SigningSecretDialog'
import { useRuleOnce, useUpdateRule } from '@/queries/rules'
import { texts } from './formTexts'
import { RuleForm } from './RuleForm'
import { createdSecret, toChange } from './ruleDraft'
import { draftOf } from './ruleDraftOf'

const route = getRouteApi('/frame/rules/$ruleId/edit')

function Edit({ rule }: { rule: AlertRule }) {
  const navigate = route.useNavigate()
  const update = useUpdateRule(rule)
  const [secret, setSecret] = useState<string>()
  const toRule = () => void navigate({ to: '/rules/$ruleId', params: { ruleId: rule.id } })
  return (
    <>
      <RuleForm
        id={rule.id}
        initial={draftOf(rule)}
        mutation={update}
        request={toChange}
        action={texts.editRulePage.action}
        failed={texts.editRulePage.failed}
        cancel={<CancelLink kind="rule" id={rule.id} />}
        onSuccess={(changed) => {
          announce(texts.editRulePage.ruleWasChanged({ name: changed.name }))
          const made = createdSecret(changed)
          if (made) setSecret(made)
          else toRule()
        }}
      />
      {secret !== undefined && <SigningSecretDialog whose={texts.editRulePage.webhook({ name: rule.name })} secret={secret} onClose={toRule} />}
    </>
  )
}

export function EditRulePage() {
  const { ruleId } = route.useParams()
  return (
    <AsOpened kind="rule" id={ruleId} query={useRuleOnce(ruleId)}>
      {(rule) => <Edit rule={rule} />}
    </AsOpened>
  )
}
